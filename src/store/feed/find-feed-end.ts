import type { Tx } from '../open-store.ts'
import type { FeedPosition } from './change.ts'

/** The place before everything that shows in the feed from now on. */
export async function findFeedEnd(tx: Tx): Promise<FeedPosition> {
  const [end] = await tx<FeedPosition[]>`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xact, 0 AS seq`
  return end as FeedPosition
}
