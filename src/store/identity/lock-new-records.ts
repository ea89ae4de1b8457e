import type { Tx } from '../open-store.ts'
import type { SeqRange } from './plan-record-ranges.ts'

/** Locks the new records of a range against newer versions until the commit; ids sorted. */
export async function lockNewRecords(tx: Tx, range: SeqRange): Promise<string[]> {
  const rows = await tx<{ record_id: string }[]>`
    SELECT record_id FROM onefold.records
    WHERE resolution = 'new' AND seq >= ${range.from} AND seq < ${range.to}
    ORDER BY record_id FOR NO KEY UPDATE`
  return rows.map((row) => row.record_id)
}
