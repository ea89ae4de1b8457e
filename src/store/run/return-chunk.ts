import type { Tx } from '../open-store.ts'
import type { LeasedChunk } from './chunk.ts'

/** Attempts after which a chunk is dead and waits for a person: the pauses before it add up to about a minute. */
const MAX_ATTEMPTS = 6

/**
 * Gives a chunk back. With an error it waits (1 s, doubled each time) before the next attempt, or dies after
 * `MAX_ATTEMPTS` or when trying again cannot help; without one (shutdown) it is free at once and the attempt
 * does not count. Whoever looks for what is due finds it as soon as it is. Returns the state it is in now; undefined when
 * the lease was no longer ours to give back.
 */
export async function returnChunk(
  tx: Tx,
  chunk: LeasedChunk,
  failure?: { readonly code: string; readonly retryable: boolean },
): Promise<'waiting' | 'dead' | undefined> {
  const dead = failure !== undefined && (!failure.retryable || chunk.attempts >= MAX_ATTEMPTS)
  const pauseMs = failure === undefined ? 0 : 1_000 * 2 ** (chunk.attempts - 1)
  const [row] = await tx<{ state: 'waiting' | 'dead' }[]>`
    UPDATE onefold.chunks SET
      state = ${dead ? 'dead' : 'waiting'}, lease_owner = NULL, lease_until = NULL,
      error_code = ${failure?.code ?? null}, rung_at = NULL,
      attempts = attempts - ${failure === undefined ? 1 : 0},
      not_before = clock_timestamp() + ${pauseMs} * interval '1 millisecond'
    WHERE run_id = ${chunk.runId} AND stage = ${chunk.stage} AND chunk_no = ${chunk.chunkNo}
      AND fence = ${chunk.fence} AND state = 'leased'
    RETURNING state`
  return row?.state
}
