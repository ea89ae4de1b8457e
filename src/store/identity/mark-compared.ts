import type { Tx } from '../open-store.ts'
import { endsBefore } from './ends-before.ts'
import type { IdRange } from './plan-ranges.ts'

/** The keyed records of a range have been compared. Returns how many. */
export async function markCompared(tx: Tx, range: IdRange): Promise<number> {
  const rows = await tx`
    UPDATE onefold.records SET resolution = 'compared'
    WHERE resolution = 'keyed' AND record_id >= ${range.from} AND record_id ${endsBefore(tx, range)} RETURNING 1`
  return rows.length
}
