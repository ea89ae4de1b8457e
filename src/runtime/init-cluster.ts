import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClusterPlace } from './locate-cluster.ts'
import { explainPostgresFailure } from './explain-postgres-failure.ts'
import { pollUntil } from './poll-until.ts'
import type { PostgresBinaries } from './prepare-binaries.ts'
import { runProgram } from './run-program.ts'

/** The superuser of the embedded server. */
export const OWNER = 'onefold_owner'

/** How text is stored and sorted; the compose file says the same, so that dumps move between the two. */
export const TEXT_FORMAT = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'] as const

const DRAFT_PREFIX = 'data-draft-'

/**
 * Makes the database cluster of a home: UTF-8 with the built-in C.UTF-8 locale, so that neither the caller's LANG
 * nor the system's libraries decide how text is stored and sorted; scram passwords for socket and TCP alike.
 * The data folder appears under its name complete or not at all; drafts of interrupted attempts are removed.
 * Throws what `explainPostgresFailure` says. Call it under the start lock.
 */
export async function initCluster(place: ClusterPlace, binaries: PostgresBinaries): Promise<void> {
  for (const leftover of await readdir(place.serverFolder)) {
    if (leftover.startsWith(DRAFT_PREFIX)) await removeDraft(join(place.serverFolder, leftover))
  }
  const draft = join(place.serverFolder, `${DRAFT_PREFIX}${randomBytes(6).toString('hex')}`)
  const dataDraft = join(draft, 'data')
  const passwordDraft = join(draft, 'password')
  await mkdir(draft, { mode: 0o700 })
  try {
    // The server's user must read it; the copy in the home stays ours alone.
    await writeFile(passwordDraft, await loadOrMakePassword(place.passwordFile), { mode: 0o600 })
    if (place.user !== undefined) {
      await chown(passwordDraft, place.user.uid, place.user.gid)
      await chown(draft, place.user.uid, place.user.gid)
    }
    const { exitCode, output } = await runProgram(
      binaries.initdb,
      [
        `--pgdata=${dataDraft}`,
        `--username=${OWNER}`,
        `--pwfile=${passwordDraft}`,
        ...TEXT_FORMAT,
        '--auth-local=scram-sha-256',
        '--auth-host=scram-sha-256',
      ],
      { user: place.user, folder: place.serverFolder },
    )
    if (exitCode !== 0) throw explainPostgresFailure(output, { program: 'initdb', exitCode: exitCode ?? -1 })
    await rename(dataDraft, place.dataFolder)
  } finally {
    await removeDraft(draft)
  }
}

/**
 * Removes a draft, also one that an initdb which outlived its caller still writes into: it ends once its files are
 * gone. Node's own `maxRetries` tries the folder again, but not what came into it meanwhile.
 */
async function removeDraft(folder: string): Promise<void> {
  const removed = await pollUntil(() => tryRemoving(folder), { timeoutMs: 10_000 })
  if (removed === undefined) await rm(folder, { recursive: true, force: true })
}

async function tryRemoving(folder: string): Promise<true | undefined> {
  try {
    await rm(folder, { recursive: true, force: true })
    return true
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOTEMPTY') return undefined
    throw failure
  }
}

async function loadOrMakePassword(file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known.trim() !== '') return known.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })
  return password
}
