import type { Tx } from '../open-store.ts'
import type { Decision } from './decision.ts'
import { isLive, selectDecisions } from './select-decisions.ts'

/** The decisions that keep apart any two records of the profiles that two records are in. */
export async function findForbiddingDecisions(tx: Tx, a: string, b: string): Promise<Decision[]> {
  return tx<Decision[]>`
    WITH fellows AS (
      SELECT own.record_id AS of, fellow.record_id FROM onefold.profile_members AS own
      JOIN onefold.profile_members AS fellow USING (profile_id) WHERE own.record_id IN (${a}, ${b})
      UNION VALUES (${a}::uuid, ${a}::uuid), (${b}::uuid, ${b}::uuid)
    )
    ${selectDecisions(tx)}
    WHERE verdict = 'different' AND ${isLive(tx)} AND EXISTS (
      SELECT FROM fellows AS one JOIN fellows AS other ON one.of <> other.of
      WHERE one.record_id = decision.record_a AND other.record_id = decision.record_b)
    ORDER BY decision_no`
}
