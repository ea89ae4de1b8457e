import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProcessStart } from '../../src/runtime/find-process-start.ts'
import { openPostgres } from '../../src/runtime/open-postgres.ts'

const PREFIX = 'onefold-test-'

/** Losing the machine does not matter to a test; everything else is as in production. */
export const TEST_SETTINGS = { fsync: 'off', full_page_writes: 'off' }

/**
 * Makes the home of one test run; no server yet, so a run of pure tests pays nothing. The first file that needs a
 * database starts the server, the others adopt it.
 */
export async function makeTestHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-${await findProcessStart(process.pid)}-`))
  // As root the server runs as another user, who must be able to enter.
  await chmod(home, 0o711)
  return home
}

/** Stops the server of a test run, whoever still holds it, and removes its home. */
export async function removeTestHome(home: string): Promise<void> {
  if (existsSync(join(home, 'postgres', 'data'))) {
    const handle = await openPostgres(home, { settings: TEST_SETTINGS })
    await rm(join(home, 'postgres', 'holders'), { recursive: true, force: true })
    await handle.release()
  }
  await rm(home, { recursive: true, force: true })
}

/** Removes the homes of test runs that were killed, with the servers they left behind. */
export async function removeDeadTestHomes(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const [pid, start] = name.slice(PREFIX.length).split('-')
    if (start === undefined || (await findProcessStart(Number(pid))) === start) continue
    // Another user's, or another run is removing it right now.
    await removeTestHome(join(tmpdir(), name)).catch(() => undefined)
  }
}
