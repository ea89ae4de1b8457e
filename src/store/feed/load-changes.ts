import type { Tx } from '../open-store.ts'
import type { Change, FeedPosition } from './change.ts'

/** The changes after a place of the feed, in its order. */
export async function loadChanges(tx: Tx, after: FeedPosition, most: number): Promise<Change[]> {
  return tx<Change[]>`
    SELECT xact::text, seq, kind, profile_id AS "profileId", to_profile_id AS "toProfileId", segment_id AS "segmentId",
      version, revision, at
    FROM onefold_out.change_feed WHERE (xact, seq) > (${after.xact}::xid8, ${after.seq}::bigint)
    ORDER BY change_feed.xact, seq LIMIT ${most}`
}
