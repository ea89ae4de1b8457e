import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { loadSealedRecords, type SealedRecord } from '../../store/identity/load-sealed-records.ts'
import { sortByPlace } from '../../store/identity/sort-by-place.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { openRecord } from './open-record.ts'

/** Records loaded at once: each may bring a page of its own, some 7 KB. */
const LOADED_AT_ONCE = 2_000

/** Records remembered at most, some 2 KB each. */
const REMEMBERED = 10_000

/** A record with what it says. */
export interface OpenedRecord extends Pick<SealedRecord, 'recordId' | 'seq' | 'source' | 'updatedAt'> {
  readonly record: NormalizedRecord
}

/**
 * Opens any number of stored records, a bounded number of sealed bytes at a time, in the order of the ledger, so that
 * records of one page share its opening. What is not known is left out. What the context remembers comes first.
 */
export async function* openRecords(
  context: Pick<Context, 'keyring' | 'opened'>,
  tx: Tx,
  recordIds: readonly string[],
): AsyncGenerator<OpenedRecord> {
  const { opened = new Map<string, OpenedRecord>() } = context
  yield* recordIds.flatMap((id) => opened.get(id) ?? [])
  const missing = recordIds.filter((id) => !opened.has(id))
  const ids = missing.length > LOADED_AT_ONCE ? await sortByPlace(tx, missing) : missing
  for (let start = 0; start < ids.length; start += LOADED_AT_ONCE) {
    for (const sealed of await loadSealedRecords(tx, ids.slice(start, start + LOADED_AT_ONCE))) {
      const { recordId, seq, source, updatedAt } = sealed
      const each = { recordId, seq, source, updatedAt, record: openRecord(context, sealed) }
      if (context.opened !== undefined && opened.size < REMEMBERED) opened.set(recordId, each)
      yield each
    }
  }
}
