import type { Tx } from '../open-store.ts'
import { isLive } from './select-decisions.ts'

/** Pairs in the review queue, by reason; `open` are those about which nobody has said anything yet. */
export async function countReviews(
  tx: Tx,
): Promise<{ readonly reason: string; readonly reviews: number; readonly open: number }[]> {
  return tx<{ reason: string; reviews: number; open: number }[]>`
    SELECT reason, count(*) AS reviews, count(*) FILTER (WHERE decision.verdict IS NULL) AS open
    FROM onefold.reviews AS review
    LEFT JOIN onefold.decisions AS decision ON decision.record_a = review.record_a
      AND decision.record_b = review.record_b AND decision.verdict <> 'withdrawn' AND ${isLive(tx)}
    GROUP BY reason ORDER BY reason`
}
