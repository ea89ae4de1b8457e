import type { Tx } from '../open-store.ts'
import type { SeqRange } from './plan-record-ranges.ts'

/** The keyed records of a range have been compared. Returns how many. */
export async function markCompared(tx: Tx, range: SeqRange): Promise<number> {
  const rows = await tx`
    UPDATE onefold.records SET resolution = 'compared'
    WHERE resolution = 'keyed' AND seq >= ${range.from} AND seq < ${range.to} RETURNING 1`
  return rows.length
}
