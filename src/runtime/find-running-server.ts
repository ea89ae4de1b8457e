import { realpath } from 'node:fs/promises'
import { OnefoldError } from '../errors.ts'
import { connectOwner, type ServerAddress } from './connect-owner.ts'
import { isPostmasterOf } from './is-postmaster-of.ts'
import type { ClusterPlace } from './locate-cluster.ts'
import { pollUntil } from './poll-until.ts'
import { readPostmasterPid, type PostmasterPid } from './read-postmaster-pid.ts'

/**
 * The server that already runs on this data folder, whoever started it; `undefined` when none does.
 * A server that is starting, recovering or stopping is waited for. It counts as ours only if it accepts our
 * password and names our data folder. Throws `postgres.start_failed` when it lives but never answers, and
 * `postgres.password_lost` when it refuses the password of this home.
 */
export async function findRunningServer(place: ClusterPlace, timeoutMs: number): Promise<ServerAddress | undefined> {
  const outcome = await pollUntil(() => judgeServer(place), { timeoutMs, intervalMs: 50 })
  if (outcome === undefined) {
    throw new OnefoldError(
      'store',
      'postgres.start_failed',
      'A database server runs on this home but does not answer',
      {
        retryable: true,
        details: { dataFolder: place.dataFolder },
        hint: 'It may be recovering from a crash; wait and try again, or see the server log.',
      },
    )
  }
  return outcome === 'none' ? undefined : outcome
}

/** `undefined` means ask again. */
async function judgeServer(place: ClusterPlace): Promise<ServerAddress | 'none' | undefined> {
  const recorded = await readPostmasterPid(place.dataFolder)
  if (recorded === undefined) return 'none'
  // Asked first, because a server in another container is invisible by its process id and yet there.
  if (await answers(place, recorded)) return { port: recorded.port, socketFolder: recorded.socketFolder }
  return (await isPostmasterOf(recorded.pid, place.dataFolder)) ? undefined : 'none'
}

async function answers(place: ClusterPlace, recorded: PostmasterPid): Promise<boolean> {
  try {
    const rows = await connectOwner(
      place,
      recorded,
      (sql) => sql<{ folder: string }[]>`select current_setting('data_directory') as folder`,
    )
    return rows[0] !== undefined && (await realpath(rows[0].folder)) === (await realpath(place.dataFolder))
  } catch (error) {
    // A stranger's server on that port may refuse our password: only our own server's refusal counts.
    if (error instanceof OnefoldError && (await isPostmasterOf(recorded.pid, place.dataFolder))) throw error
    return false
  }
}
