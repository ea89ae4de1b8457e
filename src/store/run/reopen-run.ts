import type { Tx } from '../open-store.ts'
import type { ChunkRef } from './chunk.ts'

/** Lets the dead chunks of a failed run wait again and opens the run. Returns them; none when it has none. */
export async function reopenRun(tx: Tx, runId: string): Promise<ChunkRef[]> {
  const revived = await tx<ChunkRef[]>`
    UPDATE onefold.chunks SET state = 'waiting', attempts = 0, not_before = NULL, rung_at = NULL, error_code = NULL
    WHERE run_id = ${runId} AND state = 'dead'
    RETURNING run_id AS "runId", stage, chunk_no AS "chunkNo"`
  if (revived.length > 0) {
    await tx`
      UPDATE onefold.runs SET state = 'open', error_code = NULL, finished_at = NULL
      WHERE run_id = ${runId} AND state = 'failed'`
  }
  return revived.toSorted((a, b) => a.chunkNo - b.chunkNo)
}
