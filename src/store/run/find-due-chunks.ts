import type { Tx } from '../open-store.ts'
import type { ChunkRef } from './chunk.ts'

/**
 * Chunks that somebody should be doing and nobody is, for which the queue was not rung within `ringAgainMs`;
 * marks them as rung. What the queue lost is found here again (P7). Oldest runs first, at most `limit`.
 */
export async function findDueChunks(tx: Tx, ringAgainMs: number, limit: number): Promise<ChunkRef[]> {
  return tx<ChunkRef[]>`
    UPDATE onefold.chunks AS chunk SET rung_at = clock_timestamp()
    FROM (
      SELECT run_id, stage, chunk_no FROM onefold.chunks
      WHERE ((state = 'waiting' AND (not_before IS NULL OR not_before <= clock_timestamp()))
          OR (state = 'leased' AND lease_until < clock_timestamp()))
        AND (rung_at IS NULL OR rung_at < clock_timestamp() - ${ringAgainMs} * interval '1 millisecond')
      ORDER BY run_id, stage, chunk_no LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE chunk.run_id = due.run_id AND chunk.stage = due.stage AND chunk.chunk_no = due.chunk_no
    RETURNING chunk.run_id AS "runId", chunk.stage, chunk.chunk_no AS "chunkNo"`
}
