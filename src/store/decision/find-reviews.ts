import type { Tx } from '../open-store.ts'
import type { DecisionVerdict } from './decision.ts'
import { isLive } from './select-decisions.ts'

/** A pair that a person should decide, `a < b`. */
export interface Review {
  readonly a: string
  readonly b: string
  /** Why it is here: doubt, or the rule that a match would break. */
  readonly reason: 'score' | 'identifier_limit' | 'never_link' | 'cohesion' | 'protection'
  /** Bits of the pair; null when a person linked it against another decision. */
  readonly weightBits: number | null
  readonly openedAt: Date
  readonly sourceA: string
  readonly sourceB: string
  readonly profileA: string | null
  readonly profileB: string | null
  /** What people have said of the pair meanwhile. */
  readonly decided: DecisionVerdict | null
}

export interface ReviewFilter {
  readonly reason?: string
  /** Also what was put off or is decided and waits for the next run. */
  readonly all?: boolean
  /** How the ids of the two records begin. */
  readonly prefix?: { readonly a: string; readonly b: string }
  readonly limit: number
}

/** The review queue: what is worth most comes first, by strength of the pair. */
export async function findReviews(tx: Tx, { reason, all = false, prefix, limit }: ReviewFilter): Promise<Review[]> {
  return tx<Review[]>`
    SELECT review.record_a AS a, review.record_b AS b, reason, nullif(weight_bits, 'Infinity')::float8 AS "weightBits",
      opened_at AS "openedAt", first_record.source AS "sourceA", second_record.source AS "sourceB",
      first_member.profile_id AS "profileA", second_member.profile_id AS "profileB", decision.verdict AS decided
    FROM onefold.reviews AS review
    JOIN onefold.records AS first_record ON first_record.record_id = review.record_a
    JOIN onefold.records AS second_record ON second_record.record_id = review.record_b
    LEFT JOIN onefold.profile_members AS first_member ON first_member.record_id = review.record_a
    LEFT JOIN onefold.profile_members AS second_member ON second_member.record_id = review.record_b
    LEFT JOIN onefold.decisions AS decision ON decision.record_a = review.record_a
      AND decision.record_b = review.record_b AND decision.verdict <> 'withdrawn' AND ${isLive(tx)}
    WHERE ${reason === undefined ? tx`true` : tx`reason = ${reason}`}
      AND ${all ? tx`true` : tx`(decision.verdict IS NULL OR reason = 'never_link' AND decision.taken_up_at IS NOT NULL)`}
      AND ${prefix === undefined ? tx`true` : tx`starts_with(review.record_a::text, ${prefix.a}) AND starts_with(review.record_b::text, ${prefix.b})`}
    ORDER BY weight_bits DESC, review.record_a, review.record_b LIMIT ${limit}`
}
