import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import type { LeasedChunk } from './chunk.ts'

/** Remembers how far a chunk got and adds to its counts, in the transaction that wrote what was done so far. */
export async function saveCheckpoint(
  tx: Tx,
  chunk: LeasedChunk,
  checkpoint: JSONValue,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await tx`
    UPDATE onefold.chunks SET checkpoint = ${tx.json(checkpoint)}, counts = onefold.add_counts(counts, ${tx.json(counts)})
    WHERE run_id = ${chunk.runId} AND stage = ${chunk.stage} AND chunk_no = ${chunk.chunkNo} AND fence = ${chunk.fence}`
}
