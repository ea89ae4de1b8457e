import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { RecordHead } from './ledger-batch.ts'

/**
 * Makes the newest version the head of its record. Newest is by the source's own clock, then by fingerprint, so
 * that deliveries may arrive in any order; a source without a clock is believed in the order of arrival.
 */
export async function upsertRecords(tx: Tx, source: string, heads: readonly RecordHead[]): Promise<void> {
  if (heads.length === 0) return
  const sorted = heads.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))
  await tx`
    INSERT INTO onefold.records AS head
      (record_id, source, kind, fingerprint, stream, updated_at, versions, received_at)
    SELECT record_id, ${source}, 'person', fingerprint, stream, to_timestamp(updated_at_ms / 1000.0), versions, now()
    FROM unnest(
      ${spellArray(sorted.map((head) => head.recordId))}::uuid[], ${spellArray(sorted.map((head) => head.fingerprint))}::uuid[],
      ${spellArray(sorted.map((head) => head.stream))}::uuid[], ${spellArray(sorted.map((head) => head.updatedAtMs))}::float8[],
      ${spellArray(sorted.map((head) => head.versions))}::int[]
    ) AS given (record_id, fingerprint, stream, updated_at_ms, versions)
    ON CONFLICT (record_id) DO UPDATE SET
      versions = head.versions + excluded.versions,
      fingerprint = CASE WHEN ${newer(tx)} THEN excluded.fingerprint ELSE head.fingerprint END,
      updated_at = CASE WHEN ${newer(tx)} THEN excluded.updated_at ELSE head.updated_at END,
      resolution = CASE WHEN ${newer(tx)} THEN 'new' ELSE head.resolution END`
}

function newer(tx: Tx) {
  return tx`(head.updated_at IS NULL OR (excluded.updated_at IS NOT NULL
    AND (excluded.updated_at, excluded.fingerprint) > (head.updated_at, head.fingerprint)))`
}
