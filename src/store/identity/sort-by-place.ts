import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Those of the records that are known, in the order of their newest versions' places in the ledger; actors come last. */
export async function sortByPlace(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ record_id: string }[]>`
    SELECT record_id FROM onefold.records WHERE record_id = ANY(${spellArray(recordIds)}::uuid[])
    ORDER BY place NULLS LAST, record_id`
  return rows.map((row) => row.record_id)
}
