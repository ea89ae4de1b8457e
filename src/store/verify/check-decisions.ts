import { isLive } from '../decision/select-decisions.ts'
import type { Tx } from '../open-store.ts'
import type { Check } from './check.ts'
import { normalize } from './check-ledger.ts'

/**
 * What people decided is so: nobody they parted is in one profile, and whom they joined is, unless another decision
 * stands against it, which the review queue then shows (P14). Decisions that no run has taken up are left out, and so
 * are records that the next run has to look at.
 */
export async function checkDecisions(tx: Tx): Promise<Check[]> {
  const [row] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE broken) AS broken,
      (array_agg(record_a::text) FILTER (WHERE broken))[1:5] AS examples
    FROM (
      SELECT record_a, CASE verdict WHEN 'different' THEN one.profile_id = other.profile_id
        ELSE one.profile_id <> other.profile_id AND NOT EXISTS (
          -- Of two profiles the queue shows one pair, which speaks for all between them.
          SELECT FROM onefold.reviews AS review
          JOIN onefold.profile_members AS left_side ON left_side.record_id = review.record_a
          JOIN onefold.profile_members AS right_side ON right_side.record_id = review.record_b
          WHERE reason = 'never_link'
            AND least(left_side.profile_id, right_side.profile_id) = least(one.profile_id, other.profile_id)
            AND greatest(left_side.profile_id, right_side.profile_id) = greatest(one.profile_id, other.profile_id))
        END AS broken
      FROM onefold.decisions AS decision
      JOIN onefold.profile_members AS one ON one.record_id = record_a
      JOIN onefold.profile_members AS other ON other.record_id = record_b
      JOIN onefold.records AS first_record ON first_record.record_id = record_a
      JOIN onefold.records AS second_record ON second_record.record_id = record_b
      WHERE verdict IN ('same', 'different') AND taken_up_at IS NOT NULL AND ${isLive(tx, true)}
        AND first_record.resolution = 'resolved' AND second_record.resolution = 'resolved'
    ) AS decided`
  return [{ promise: 'what people decided about records is so', ...normalize(row) }]
}
