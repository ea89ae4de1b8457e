import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** The records of these ledger pages wait for their blocking keys. */
export async function insertDuePages(tx: Tx, pageIds: readonly number[]): Promise<void> {
  await tx`INSERT INTO onefold.due_pages (page_id) SELECT unnest(${spellArray(pageIds)}::bigint[])`
}
