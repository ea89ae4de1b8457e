import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { DueWith, RecordHead } from './encode-records.ts'

/**
 * Adds versions to records that are known, and makes the given one the newest; where that is another one than before,
 * the record is to be resolved anew. The caller holds the records' locks (`findHeads`).
 */
export async function updateRecords(tx: Tx, dueWith: DueWith, heads: readonly RecordHead[]): Promise<void> {
  if (heads.length === 0) return
  await tx`
    UPDATE onefold.records AS record SET
      versions = record.versions + given.versions, fingerprint = given.fingerprint, place = given.place,
      updated_at = to_timestamp(given.updated_at_ms / 1000.0),
      resolution = CASE WHEN record.place = given.place THEN record.resolution ELSE ${dueWith} END
    FROM unnest(
      ${spellArray(heads.map((head) => head.recordId))}::uuid[], ${spellArray(heads.map((head) => head.place))}::bigint[],
      ${spellArray(heads.map((head) => head.fingerprint))}::uuid[],
      ${spellArray(heads.map((head) => head.updatedAtMs))}::float8[], ${spellArray(heads.map((head) => head.versions))}::int[]
    ) AS given (record_id, place, fingerprint, updated_at_ms, versions)
    WHERE record.record_id = given.record_id`
}
