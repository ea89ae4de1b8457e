import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { loadSealedRecords, type SealedRecord } from '../../store/identity/load-sealed-records.ts'
import { sortByPlace } from '../../store/identity/sort-by-place.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { openRecord } from './open-record.ts'

/** Records loaded at once: each may bring a page of its own, some 7 KB. */
const LOADED_AT_ONCE = 2_000

/**
 * Opens any number of stored records, a bounded number of sealed bytes at a time, in the order of the ledger, so that
 * records of one page share its opening. What is not known is left out.
 */
export async function* openRecords(
  context: Pick<Context, 'keyring'>,
  tx: Tx,
  recordIds: readonly string[],
): AsyncGenerator<{ readonly sealed: SealedRecord; readonly record: NormalizedRecord }> {
  const ids = recordIds.length > LOADED_AT_ONCE ? await sortByPlace(tx, recordIds) : recordIds
  for (let start = 0; start < ids.length; start += LOADED_AT_ONCE) {
    for (const sealed of await loadSealedRecords(tx, ids.slice(start, start + LOADED_AT_ONCE)))
      yield { sealed, record: openRecord(context, sealed) }
  }
}
