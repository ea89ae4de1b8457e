import { isLive } from '../decision/select-decisions.ts'
import type { Tx } from '../open-store.ts'

/** A matching pair, `a < b`. */
export interface MatchOfProfile {
  readonly a: string
  readonly b: string
  /** Infinite for a person's link. */
  readonly weightBits: number
  readonly because: string
  readonly identifierKind: string | null
}

/** The pairs within one profile that match, or that a person linked, strongest first. */
export async function loadMatchesOfProfile(tx: Tx, profileId: string): Promise<MatchOfProfile[]> {
  return tx<MatchOfProfile[]>`
    WITH members AS (SELECT record_id FROM onefold.profile_members WHERE profile_id = ${profileId}),
    decided AS (
      SELECT record_a, record_b, verdict FROM onefold.decisions AS decision
      WHERE record_a IN (SELECT record_id FROM members) AND record_b IN (SELECT record_id FROM members)
        AND verdict IN ('same', 'different') AND taken_up_at IS NOT NULL AND ${isLive(tx, true)})
    SELECT record_a AS a, record_b AS b, weight_bits::float8 AS "weightBits", because,
           identifier_kind AS "identifierKind"
    FROM onefold.judgements AS judged
    WHERE verdict = 'match' AND record_a IN (SELECT record_id FROM members)
      AND record_b IN (SELECT record_id FROM members)
      AND NOT EXISTS (
        SELECT FROM decided WHERE decided.record_a = judged.record_a AND decided.record_b = judged.record_b)
    UNION ALL
    SELECT record_a, record_b, 'Infinity', 'decision', NULL FROM decided WHERE verdict = 'same'
    ORDER BY "weightBits" DESC, a, b`
}
