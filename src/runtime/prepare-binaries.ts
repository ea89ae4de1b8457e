import { randomBytes } from 'node:crypto'
import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { ShippedBinaries } from './find-postgres-binaries.ts'
import type { ServerUser } from './find-server-user.ts'
import { isTraversableBy } from './is-traversable-by.ts'

/** The PostgreSQL programs, ready to run as the server's user. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
}

/**
 * Makes the shipped programs runnable: restores the library links that a skipped install script left out, and
 * copies the whole folder to `cacheFolder` (once a version, 60 MB) when the links cannot be written where npm put
 * it or the server's user cannot reach it. Safe when several processes do it at once. Call with `user` undefined
 * when the server runs as ourselves.
 */
export async function prepareBinaries(
  shipped: ShippedBinaries,
  { user, cacheFolder }: { user: ServerUser | undefined; cacheFolder: string },
): Promise<PostgresBinaries> {
  const folder = await realpath(shipped.folder)
  const inPlace = (user === undefined || (await isUsableBy(user, folder))) && (await restoreLinks(folder))
  return programsIn(inPlace ? folder : await copyOnce(folder, join(cacheFolder, `postgres-${shipped.version}`)))
}

function programsIn(folder: string): PostgresBinaries {
  const end = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(folder, 'bin', `${name}${end}`)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
}

async function isUsableBy(user: ServerUser, folder: string): Promise<boolean> {
  if (!(await isTraversableBy(user, join(folder, 'bin')))) return false
  // npm under a strict umask leaves files that only their owner may read.
  const [program, library] = await Promise.all([
    stat(join(folder, 'bin', 'postgres')),
    stat(join(folder, 'share', 'postgresql', 'postgres.bki')),
  ])
  return (program.mode & 0o005) === 0o005 && (library.mode & 0o004) !== 0
}

/** Links are given from the package's root (`native/lib/…`). False when one is missing and cannot be made. */
async function restoreLinks(folder: string): Promise<boolean> {
  for (const { source, target } of await readLinks(folder)) {
    const link = join(folder, relative('native', target))
    if ((await lstat(link).catch(() => undefined)) !== undefined) continue
    try {
      await symlink(relative(dirname(target), source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

async function readLinks(folder: string): Promise<{ source: string; target: string }[]> {
  try {
    return JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The copy appears under its name complete or not at all. */
async function copyOnce(from: string, to: string): Promise<string> {
  if (
    await access(to, constants.R_OK).then(
      () => true,
      () => false,
    )
  )
    return to
  const made = await mkdir(dirname(to), { recursive: true })
  if (made !== undefined) await chmod(dirname(to), 0o755)
  const draft = join(dirname(to), `.${basename(to)}-${randomBytes(4).toString('hex')}`)
  try {
    await cp(from, draft, { recursive: true, verbatimSymlinks: true })
    await restoreLinks(draft)
    for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
      if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
    }
    await chmod(draft, 0o755)
    await rename(draft, to)
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return to
}
