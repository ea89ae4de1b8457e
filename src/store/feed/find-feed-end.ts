import type { SqlFragment, Tx } from '../open-store.ts'
import type { FeedPosition } from './change.ts'

/** The place of the last change that shows in the feed: what shows from now on comes after it. */
export async function findFeedEnd(tx: Tx): Promise<FeedPosition> {
  const [end] = await tx<FeedPosition[]>`SELECT xact::text, seq FROM (${selectFeedEnd(tx)}) AS feed_end`
  return end as FeedPosition
}

/** A query of it, `xact` and `seq`. */
export function selectFeedEnd(tx: Tx): SqlFragment {
  return tx`
    SELECT coalesce(last.xact, '0') AS xact, coalesce(last.seq, 0) AS seq
    FROM (SELECT) AS feed LEFT JOIN LATERAL (
      SELECT xact, seq FROM onefold_out.change_feed ORDER BY change_feed.xact DESC, seq DESC LIMIT 1) AS last ON true`
}
