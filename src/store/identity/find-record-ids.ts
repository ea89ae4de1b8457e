import type { Tx } from '../open-store.ts'
import { FIRST_ID } from './plan-ranges.ts'

export interface RecordPlace {
  readonly recordId: string
  readonly seq: number
}

/** The next records of the ledger after a place, in its order, at most `limit`; people and actors alike. */
export async function findRecordIds(tx: Tx, after: RecordPlace | undefined, limit: number): Promise<RecordPlace[]> {
  const { seq, recordId } = after ?? { seq: -1, recordId: FIRST_ID }
  return tx<RecordPlace[]>`
    SELECT record_id AS "recordId", seq FROM onefold.records
    WHERE (seq, record_id) > (${seq}, ${recordId}::uuid) ORDER BY seq, record_id LIMIT ${limit}`
}
