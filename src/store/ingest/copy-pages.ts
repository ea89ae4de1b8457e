import { copyIn } from '../copy-in.ts'
import type { Tx } from '../open-store.ts'

/** Appends pages to the ledger, as `encodePages` spelled them. Their numbers and rows are nobody else's: a block and a lease. */
export async function copyPages(tx: Tx, encoded: Uint8Array): Promise<void> {
  await copyIn(
    tx,
    tx`onefold.ledger_pages
      (page_id, delivery_id, first_row, outcomes, lines, record_ids, fingerprints, issues, sealed)`,
    encoded,
  )
}
