import type { Tx } from '../open-store.ts'
import { type IdRange, LAST_ID } from './plan-ranges.ts'

/** The records of a range at a step of resolution, sorted. */
export async function findRecordIds(tx: Tx, resolution: string, range: IdRange): Promise<string[]> {
  const rows = await tx<{ record_id: string }[]>`
    SELECT record_id FROM onefold.records
    WHERE resolution = ${resolution} AND record_id >= ${range.from} AND record_id ${endsBefore(tx, range)}
    ORDER BY record_id`
  return rows.map((row) => row.record_id)
}

/** The upper side of a range. */
export function endsBefore(tx: Tx, range: IdRange) {
  const to = range['to']
  return to === undefined ? tx`<= ${LAST_ID}` : tx`< ${to}`
}
