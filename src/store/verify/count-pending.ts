import { selectUnstitched } from '../behaviour/unstitch.ts'
import type { Tx } from '../open-store.ts'

export interface Pending {
  readonly unresolved: number
  readonly unstitched: number
  readonly stale: number
  /** Profiles of which something else is known than published, or is to be judged. */
  readonly unpublished: number
  /** What people decided since the last run. */
  readonly decisions: number
}

/** What is known but not worked through yet: no breach, but the next run has something to do. */
export async function countPending(tx: Tx): Promise<Pending> {
  const [row] = await tx<Pending[]>`
    SELECT (SELECT count(*) FROM onefold.records WHERE resolution <> 'resolved') AS unresolved,
      (SELECT count(DISTINCT actor_id) FROM (${selectUnstitched(tx)}) AS marked) AS unstitched,
      (SELECT count(*) FROM onefold.profiles WHERE stale AND dissolved_at IS NULL) AS stale,
      (SELECT count(*) FROM (
        SELECT profile_id FROM onefold.unpublished
        UNION
        SELECT profile_id FROM onefold.due_ranges AS range
        JOIN onefold.profiles ON profile_id >= range.from_id AND profile_id < range.to_id
        WHERE range.due <> 'unstitched' AND dissolved_at IS NULL
      ) AS marked) AS unpublished,
      (SELECT count(*) FROM onefold.decisions WHERE taken_up_at IS NULL) AS decisions`
  return row ?? { unresolved: 0, unstitched: 0, stale: 0, unpublished: 0, decisions: 0 }
}
