import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'
import type { LeasedChunk } from './chunk.ts'

/**
 * Proves inside a transaction that the lease still holds, and keeps it from changing hands until the commit.
 * Throws `lease.lost` otherwise: nothing the transaction wrote will stay (P11).
 */
export async function holdLease(tx: Tx, chunk: LeasedChunk): Promise<void> {
  const held = await tx`
    SELECT 1 FROM onefold.chunks
    WHERE run_id = ${chunk.runId} AND stage = ${chunk.stage} AND chunk_no = ${chunk.chunkNo}
      AND fence = ${chunk.fence} AND state = 'leased' AND lease_until > clock_timestamp()
    FOR UPDATE`
  if (held.length === 0) throw leaseLost(chunk)
}

function leaseLost(chunk: LeasedChunk): OnefoldError {
  return new OnefoldError('conflict', 'lease.lost', 'The lease of this chunk ran out or went to another worker.', {
    details: { runId: chunk.runId, stage: chunk.stage, chunkNo: chunk.chunkNo, fence: chunk.fence },
  })
}
