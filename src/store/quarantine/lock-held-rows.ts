import type { Tx } from '../open-store.ts'
import type { HeldRowId, SealedHeldRow } from './held-row.ts'

/**
 * The given rows of the quarantine, whatever their state, locked until the commit: who else repairs them waits.
 * What is not there, or was erased meanwhile, is not in the result. In the order of the ledger.
 */
export async function lockHeldRows(tx: Tx, rows: readonly HeldRowId[]): Promise<SealedHeldRow[]> {
  return tx<SealedHeldRow[]>`
    SELECT delivery_id AS "deliveryId", row_no AS "rowNo", held.source, held.state, raw.line, held.issues,
           held.quarantined_at AS "quarantinedAt", raw.fingerprint, raw.sealed, held.sealed_fix AS "sealedFix"
    FROM onefold.quarantine AS held JOIN onefold.raw_records AS raw USING (delivery_id, row_no)
    JOIN unnest(${rows.map((row) => row.deliveryId)}::uuid[], ${rows.map((row) => row.rowNo)}::int[])
      AS given (delivery_id, row_no) USING (delivery_id, row_no)
    WHERE raw.sealed IS NOT NULL
    ORDER BY delivery_id, row_no FOR UPDATE OF held`
}
