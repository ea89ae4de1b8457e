import type { Tx } from '../open-store.ts'
import type { HeldRowId } from './held-row.ts'

/** Keeps a correction with a held row until it is replayed. */
export async function saveFix(tx: Tx, row: HeldRowId, sealedFix: Buffer): Promise<void> {
  await tx`
    UPDATE onefold.quarantine SET state = 'fixed', sealed_fix = ${sealedFix}
    WHERE delivery_id = ${row.deliveryId} AND row_no = ${row.rowNo} AND state <> 'replayed'`
}
