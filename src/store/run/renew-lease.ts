import type { Tx } from '../open-store.ts'
import type { LeasedChunk } from './chunk.ts'

/** Extends a lease that still holds by `leaseMs` from now. False when it is lost: stop working. */
export async function renewLease(tx: Tx, chunk: LeasedChunk, leaseMs: number): Promise<boolean> {
  const renewed = await tx`
    UPDATE onefold.chunks SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE run_id = ${chunk.runId} AND stage = ${chunk.stage} AND chunk_no = ${chunk.chunkNo}
      AND fence = ${chunk.fence} AND state = 'leased' AND lease_until > clock_timestamp()
    RETURNING 1`
  return renewed.length > 0
}
