import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OnefoldError } from '../errors.ts'
import { isPostmasterOf } from './is-postmaster-of.ts'
import { pollUntil } from './poll-until.ts'
import type { ClusterPlace } from './locate-cluster.ts'
import type { PostgresBinaries } from './prepare-binaries.ts'
import { readPostmasterPid } from './read-postmaster-pid.ts'
import { runProgram } from './run-program.ts'

/**
 * Ends the server of a home and waits until it has written everything (`fast`: open sessions are cut, their
 * transactions rolled back). Does nothing when none runs. Throws `postgres.stop_failed` when it still lives after
 * `timeoutMs`. Call it under the start lock.
 */
export async function stopServer(place: ClusterPlace, binaries: PostgresBinaries, timeoutMs: number): Promise<void> {
  const recorded = await readPostmasterPid(place.dataFolder)
  // The id of a dead server may belong to a stranger by now, and pg_ctl would signal it.
  if (recorded === undefined || !(await isPostmasterOf(recorded.pid, place.dataFolder))) return
  await runProgram(
    binaries.pgCtl,
    ['stop', `--pgdata=${place.dataFolder}`, '--mode=fast', '--wait', `--timeout=${Math.ceil(timeoutMs / 1000)}`],
    { user: place.user, folder: place.serverFolder },
  )
  // A server that has ended may linger as a zombie until its parent, often a busy process 1, has reaped it.
  const gone = await pollUntil(
    async () => ((await isPostmasterOf(recorded.pid, place.dataFolder)) ? undefined : true),
    { timeoutMs },
  )
  if (gone === undefined) {
    throw new OnefoldError('store', 'postgres.stop_failed', 'The database server does not stop', {
      retryable: true,
      details: { pid: recorded.pid, logFile: place.logFile },
      hint: 'Close the programs that use it and try again.',
    })
  }
  if (recorded.socketFolder !== '' && recorded.socketFolder !== join(place.serverFolder, 'run')) {
    await rm(recorded.socketFolder, { recursive: true, force: true })
  }
}
