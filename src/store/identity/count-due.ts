import { selectUnstitched } from '../behaviour/unstitch.ts'
import type { Tx } from '../open-store.ts'

/** What waits for resolution, each counted up to a limit. */
export interface DueCounts {
  readonly pages: number
  readonly records: number
  readonly unstitched: number
  readonly stale: number
  /** What people decided and nobody has taken up. */
  readonly decisions: number
}

/**
 * Counts what is due, up to `limit` each, `mostUnstitched` of those: the cost does not grow with what is done already.
 */
export async function countDue(tx: Tx, limit: number, mostUnstitched = limit): Promise<DueCounts> {
  const [row] = await tx<DueCounts[]>`
    SELECT (SELECT count(*) FROM (SELECT FROM onefold.due_pages LIMIT ${limit}) AS due) AS pages,
      (SELECT count(*) FROM (
        SELECT FROM onefold.records WHERE resolution IN ('new', 'keyed', 'compared') LIMIT ${limit}) AS due) AS records,
      (SELECT count(*) FROM (SELECT FROM (${selectUnstitched(tx)}) AS marked LIMIT ${mostUnstitched}) AS due) AS unstitched,
      (SELECT count(*) FROM (SELECT FROM onefold.profiles WHERE stale LIMIT ${limit}) AS due) AS stale,
      (SELECT count(*) FROM (SELECT FROM onefold.decisions WHERE taken_up_at IS NULL LIMIT ${limit}) AS due) AS decisions`
  return row as DueCounts
}
