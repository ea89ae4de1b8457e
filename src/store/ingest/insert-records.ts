import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { RecordVersion } from './ledger-batch.ts'

/** How the keys of a record's newest version come to be: with its ledger page, or by itself. */
export type DueWith = 'received' | 'new'

/** A record with its newest version after a batch, and what the batch adds to it. */
export interface RecordHead extends RecordVersion {
  /** Place of the first of its versions in the batch. */
  readonly firstPlace: number
  /** Versions in the batch. */
  readonly versions: number
}

/** Inserts records that are not known yet, by one source. Sorted by id inside, so that its index is met page by page. */
export async function insertRecords(
  tx: Tx,
  source: string,
  dueWith: DueWith,
  heads: readonly RecordHead[],
): Promise<void> {
  if (heads.length === 0) return
  await tx`
    INSERT INTO onefold.records
      (record_id, seq, source, kind, place, fingerprint, updated_at, versions, received_at, resolution)
    SELECT record_id, first_place, ${source}, 'person', place, fingerprint, to_timestamp(updated_at_ms / 1000.0), versions,
           now(), ${dueWith}
    FROM unnest(
      ${spellArray(heads.map((head) => head.recordId))}::uuid[], ${spellArray(heads.map((head) => head.firstPlace))}::bigint[],
      ${spellArray(heads.map((head) => head.place))}::bigint[], ${spellArray(heads.map((head) => head.fingerprint))}::uuid[],
      ${spellArray(heads.map((head) => head.updatedAtMs))}::float8[], ${spellArray(heads.map((head) => head.versions))}::int[]
    ) AS given (record_id, first_place, place, fingerprint, updated_at_ms, versions)
    ORDER BY record_id`
}
