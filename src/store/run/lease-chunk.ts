import type { SqlFragment, Tx } from '../open-store.ts'
import type { ChunkRef, LeasedChunk } from './chunk.ts'

/**
 * Takes a waiting chunk, or one whose lease ran out, for `leaseMs`. Undefined when somebody else has it, when it
 * is done or dead, or when its pause after a failure is not over. Each lease raises the fence, so the former
 * holder's writes fail. Only the database's clock counts: a worker's own may be wrong by hours (P12).
 */
export async function leaseChunk(
  tx: Tx,
  ref: ChunkRef,
  worker: string,
  leaseMs: number,
): Promise<LeasedChunk | undefined> {
  const [row] = await tx<LeasedChunk[]>`
    UPDATE onefold.chunks SET
      state = 'leased', fence = fence + 1, attempts = attempts + 1, lease_owner = ${worker},
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE (run_id, stage, chunk_no) = (
      SELECT run_id, stage, chunk_no FROM onefold.chunks
      WHERE run_id = ${ref.runId} AND stage = ${ref.stage} AND chunk_no = ${ref.chunkNo}
        AND (
          (state = 'waiting' AND (not_before IS NULL OR not_before <= clock_timestamp()))
          OR (state = 'leased' AND lease_until < clock_timestamp())
        )
      -- A holder in the middle of a transaction is at work; waiting for it would only hold this worker up.
      FOR UPDATE SKIP LOCKED
    )
    RETURNING ${columnsOf(tx)}`
  return row
}

/** A chunk that `worker` holds; undefined if it does not. */
export async function findLeased(tx: Tx, ref: ChunkRef, worker: string): Promise<LeasedChunk | undefined> {
  const [row] = await tx<LeasedChunk[]>`
    SELECT ${columnsOf(tx)} FROM onefold.chunks
    WHERE run_id = ${ref.runId} AND stage = ${ref.stage} AND chunk_no = ${ref.chunkNo}
      AND state = 'leased' AND lease_owner = ${worker}`
  return row
}

function columnsOf(tx: Tx): SqlFragment {
  return tx`run_id AS "runId", stage, chunk_no AS "chunkNo", fence, attempts, reference, checkpoint`
}
