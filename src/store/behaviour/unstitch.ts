import type { SqlFragment, Tx } from '../open-store.ts'
import { streamOf } from './claim-unstitched.ts'

/** Has all sessions of the actors that `actors` (a query of `record_id`) gives made anew; their events are what they were. */
export async function unstitch(tx: Tx, actors: SqlFragment): Promise<void> {
  await tx`INSERT INTO onefold.unstitched (actor_id, since) SELECT record_id, '-infinity' FROM (${actors}) AS given`
}

/** A query of the actors whose sessions are to be made anew, as `actor_id`; some more than once. */
export function selectUnstitched(tx: Tx): SqlFragment {
  return tx`
    SELECT actor_id FROM onefold.unstitched
    UNION ALL
    SELECT record_id FROM (${selectInDueRanges(tx)}) AS member`
}

/** A query of the actors whom a range makes due, with their profiles, as `record_id` and `profile_id`. */
export function selectInDueRanges(tx: Tx): SqlFragment {
  return tx`
    SELECT record_id, profile_id FROM onefold.due_ranges AS range
    JOIN onefold.profile_members AS member ON profile_id >= range.from_id AND profile_id < range.to_id
    WHERE range.due = 'unstitched' AND ${streamOf(tx)} IS NOT NULL`
}
