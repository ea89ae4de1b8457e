import { PLACES_PER_PAGE } from '../place.ts'
import type { Tx } from '../open-store.ts'
import type { HeldRowId, SealedHeldRow } from './held-row.ts'

/**
 * The given rows of the quarantine, whatever their state, locked until the commit: who else repairs them waits.
 * What is not there, or was erased meanwhile, is not in the result. In the order of the ledger.
 */
export async function lockHeldRows(tx: Tx, rows: readonly HeldRowId[]): Promise<SealedHeldRow[]> {
  return tx<SealedHeldRow[]>`
    SELECT delivery_id AS "deliveryId", row_no AS "rowNo", held.source, held.state, held.line, held.issues,
           held.quarantined_at AS "quarantinedAt", held.held_fingerprint AS fingerprint, held.sealed,
           held.sealed_fix AS "sealedFix",
           (SELECT page_id * ${PLACES_PER_PAGE}::bigint + row_no - first_row FROM onefold.ledger_pages AS page
            WHERE page.delivery_id = held.delivery_id AND page.first_row <= held.row_no
            ORDER BY first_row DESC LIMIT 1) AS place
    FROM onefold.quarantine AS held
    JOIN unnest(${rows.map((row) => row.deliveryId)}::uuid[], ${rows.map((row) => row.rowNo)}::int[])
      AS given (delivery_id, row_no) USING (delivery_id, row_no)
    WHERE held.sealed IS NOT NULL
    ORDER BY delivery_id, row_no FOR UPDATE OF held`
}
