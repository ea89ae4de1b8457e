import type { Tx } from '../open-store.ts'

/** A record as it lies in the store: opened and unpacked by `openRecord` only. */
export interface SealedRecord {
  readonly recordId: string
  readonly seq: number
  readonly source: string
  readonly kind: 'person' | 'actor'
  readonly updatedAt: Date | null
  readonly sealed: Buffer
  /** The place the envelope was sealed for. */
  readonly place: string
}

/** The newest versions of the given records; what is not known is not in the result. Sorted by id. */
export async function loadSealedRecords(tx: Tx, recordIds: readonly string[]): Promise<SealedRecord[]> {
  return tx<SealedRecord[]>`
    SELECT record.record_id AS "recordId", record.seq, record.source, record.kind, record.updated_at AS "updatedAt",
           coalesce(record.sealed, raw.sealed) AS sealed,
           CASE WHEN record.kind = 'actor' THEN 'records:' || record.record_id
                ELSE 'raw_records:' || raw.delivery_id || ':' || raw.row_no END AS place
    FROM onefold.records AS record
    LEFT JOIN onefold.raw_records AS raw ON raw.fingerprint = record.fingerprint AND raw.outcome = 'accepted'
    WHERE record.record_id = ANY(${[...recordIds]}::uuid[]) AND coalesce(record.sealed, raw.sealed) IS NOT NULL
    ORDER BY record.record_id`
}
