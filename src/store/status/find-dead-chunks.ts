import type { Tx } from '../open-store.ts'

/** A chunk that failed for good. */
export interface DeadChunk {
  readonly runId: string
  readonly kind: 'ingest' | 'pipeline'
  readonly source: string | null
  readonly stage: string
  readonly chunkNo: number
  readonly errorCode: string | null
  readonly attempts: number
}

/**
 * Chunks that failed for good and wait for a person, newest run first, at most `limit`. Those of a walk that a later
 * walk followed to its end are left out: what they left is done.
 */
export async function findDeadChunks(tx: Tx, limit: number): Promise<DeadChunk[]> {
  return tx<DeadChunk[]>`
    SELECT run_id AS "runId", run.kind, run.source, chunk.stage, chunk.chunk_no AS "chunkNo",
           chunk.error_code AS "errorCode", chunk.attempts
    FROM onefold.chunks AS chunk JOIN onefold.runs AS run USING (run_id)
    WHERE chunk.state = 'dead' AND NOT (run.kind = 'pipeline' AND EXISTS (
      SELECT FROM onefold.runs AS later
      WHERE later.kind = 'pipeline' AND later.state = 'done' AND later.started_at > run.started_at))
    ORDER BY run.started_at DESC, chunk.stage, chunk.chunk_no LIMIT ${limit}`
}
