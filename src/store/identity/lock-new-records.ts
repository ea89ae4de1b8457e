import type { Tx } from '../open-store.ts'
import { endsBefore } from './ends-before.ts'
import type { IdRange } from './plan-ranges.ts'

/** Locks the new records of a range against newer versions until the commit; ids sorted. */
export async function lockNewRecords(tx: Tx, range: IdRange): Promise<string[]> {
  const rows = await tx<{ record_id: string }[]>`
    SELECT record_id FROM onefold.records
    WHERE resolution = 'new' AND record_id >= ${range.from} AND record_id ${endsBefore(tx, range)}
    ORDER BY record_id FOR NO KEY UPDATE`
  return rows.map((row) => row.record_id)
}
