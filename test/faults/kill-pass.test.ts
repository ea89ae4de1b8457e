import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyAudit } from '../../src/pipeline/verify/verify-audit.ts'
import { createRandom } from '../../src/sample/create-random.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { programEnvironment } from '../support/program-environment.ts'

const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js')
const CONFIGURATION = `
sources:
  crm:
    kind: people
    columns: { key: record_key, first: given_name, last: family_name, born: birth_date, mail: email, changed: updated_at, gone: deleted }
`
const HEAD = 'key,first,last,born,mail,changed,gone\n'
const KNOWN = `${HEAD}1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,2026-01-01,
2,Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,2026-01-01,
3,Nadia,Quillfeather,1966-06-21,,2026-01-01,
`
/** One who is known, one who is new, a correction that joins and a deletion. */
const ARRIVING = `${HEAD}4,Mirah,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,2026-02-01,
5,Bertram,Castellan,1990-01-30,,2026-02-01,
2,Oleg,Tamsyn,1971-11-30,oleg.tamsin@postkahn.net,2026-02-01,
3,,,,,2026-02-01,true
`
/** Ends the process the moment before it would send for the KILL_AT-th time; tells how often it has sent otherwise. */
const HOOK = `import net from 'node:net'
const write = net.Socket.prototype.write
let sent = 0
net.Socket.prototype.write = function (...args) {
  if (++sent === Number(process.env.KILL_AT)) process.kill(process.pid, 'SIGKILL')
  return write.apply(this, args)
}
process.on('exit', () => process.stderr.write('sent ' + sent + ' times\\n'))
`
/** Without what depends on the moment that a pass is as of. */
const TIMELESS = [
  'raw_records',
  'record_versions',
  'records',
  'identifiers',
  'blocking_keys',
  'judgements',
  'reviews',
  'profiles',
  'profile_members',
  'merges',
  'redirects',
  'profile_revisions',
]
const FURTHER_KILLS = 5

interface Taken {
  readonly signal: NodeJS.Signals | undefined
  readonly stderr: string
}

/** `onefold ingest crm FILE --now` as a process of its own. */
function takeIn(folder: string, database: MigratedDatabase, file: string, killAt = 0): Promise<Taken> {
  const env = { ...programEnvironment(folder, database), KILL_AT: String(killAt) }
  const args = ['--import', pathToFileURL(join(folder, 'hook.mjs')).href, MAIN, 'ingest', 'crm', file, '--now']
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (failure, _stdout, stderr) =>
      resolve({ signal: failure?.signal ?? undefined, stderr }),
    )
  })
}

async function observe({ context }: MigratedDatabase): Promise<unknown> {
  const state = await hashState(context.store.sql)
  return Object.fromEntries(TIMELESS.map((table) => [table, state[table]]))
}

async function expectWhole({ context }: MigratedDatabase): Promise<void> {
  expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
  expect((await verifyAudit(context, [])).findings).toEqual([])
}

test('whenever a pass is killed, all of it is there or nothing, and handing it in again ends as if nothing had happened (P1 P3) [C6]', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-kill-pass-'))
  const [undisturbed, disturbed] = [await openMigratedDatabase('whole'), await openMigratedDatabase('killed')]
  try {
    for (const [name, text] of Object.entries({
      'onefold.config.yaml': CONFIGURATION,
      'known.csv': KNOWN,
      'arriving.csv': ARRIVING,
      'hook.mjs': HOOK,
    }))
      await writeFile(join(folder, name), text)
    await takeIn(folder, undisturbed, 'known.csv')
    await takeIn(folder, disturbed, 'known.csv')
    const before = await observe(disturbed)
    expect(await observe(undisturbed)).toEqual(before)
    const sent = Number(/sent (\d+) times/.exec((await takeIn(folder, undisturbed, 'arriving.csv')).stderr)?.[1])
    expect(sent).toBeGreaterThan(20)
    const after = await observe(undisturbed)
    expect(after).not.toEqual(before)

    const random = createRandom(3, 'kills')
    const moments = Array.from({ length: FURTHER_KILLS }, () => random.integer(2, sent - 3)).toSorted((a, b) => a - b)
    let isThere = false
    // The last ones lie around the commit.
    for (const killAt of [...moments, sent - 2, sent - 1, sent]) {
      const { signal } = await takeIn(folder, disturbed, 'arriving.csv', killAt)
      expect(signal).toBe('SIGKILL')
      const state = await observe(disturbed)
      isThere = JSON.stringify(state) === JSON.stringify(after)
      if (isThere) break
      expect(state, `killed at ${killAt} of ${sent}`).toEqual(before)
      await expectWhole(disturbed)
    }
    await takeIn(folder, disturbed, 'arriving.csv')
    await expectWhole(disturbed)
    const { raw_records: _twice, ...end } = (await observe(disturbed)) as Record<string, string>
    const { raw_records: _once, ...expected } = after as Record<string, string>
    // Where it was there already, the ledger has the rows again, as repeats.
    expect(end).toEqual(expected)
    if (!isThere) expect(await observe(disturbed)).toEqual(after)
  } finally {
    await undisturbed.drop()
    await disturbed.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
