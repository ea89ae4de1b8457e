import type { Tx } from '../open-store.ts'
import type { HeldRow, HeldRowId } from './held-row.ts'

/** Rows still held, in the order of the ledger: of one source if given, after a place, at most `limit`. */
export async function findHeldRows(
  tx: Tx,
  options: { readonly source?: string; readonly after?: HeldRowId; readonly limit: number },
): Promise<HeldRow[]> {
  const { source, after, limit } = options
  return tx<HeldRow[]>`
    SELECT delivery_id AS "deliveryId", row_no AS "rowNo", held.source, held.state, held.line, held.issues,
           held.quarantined_at AS "quarantinedAt"
    FROM onefold.quarantine AS held
    WHERE held.state <> 'replayed'
      ${source === undefined ? tx`` : tx`AND held.source = ${source}`}
      ${after === undefined ? tx`` : tx`AND (delivery_id, row_no) > (${after.deliveryId}, ${after.rowNo})`}
    ORDER BY delivery_id, row_no LIMIT ${limit}`
}
