import type { Tx } from '../open-store.ts'
import type { LeasedChunk } from './chunk.ts'

/** Marks a chunk done in the transaction of its last write, and adds what it counted. */
export async function finishChunk(tx: Tx, chunk: LeasedChunk, counts: Readonly<Record<string, number>>): Promise<void> {
  await tx`
    UPDATE onefold.chunks SET
      state = 'done', lease_owner = NULL, lease_until = NULL, error_code = NULL,
      counts = onefold.add_counts(counts, ${tx.json(counts)})
    WHERE run_id = ${chunk.runId} AND stage = ${chunk.stage} AND chunk_no = ${chunk.chunkNo} AND fence = ${chunk.fence}`
}
