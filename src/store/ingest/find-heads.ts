import type { Tx } from '../open-store.ts'
import type { RecordVersion } from './ledger-batch.ts'

/** The newest versions of those records that are known, locked until the commit, always in the order of ids. */
export async function findHeads(tx: Tx, recordIds: string): Promise<Map<string, RecordVersion>> {
  const rows = await tx<RecordVersion[]>`
    SELECT record_id AS "recordId", fingerprint, place, round(extract(epoch FROM updated_at) * 1000)::float8 AS "updatedAtMs"
    FROM onefold.records WHERE record_id = ANY(${recordIds}::uuid[]) AND kind = 'person'
    ORDER BY record_id FOR UPDATE`
  return new Map(rows.map((row) => [row.recordId, row]))
}
