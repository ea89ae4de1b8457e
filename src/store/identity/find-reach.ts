import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * The records within reach of these, themselves included: along pairs judged a match or doubtful, along pairs that
 * people linked, and along profiles. Each is a few look-ups in indexes, so that the cost does not depend on how many
 * records there are.
 */
export async function findReach(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  if (recordIds.length === 0) return []
  const rows = await tx<{ record_id: string }[]>`
    WITH RECURSIVE reach (record_id) AS (
      SELECT unnest(${spellArray(recordIds)}::uuid[])
      UNION
      SELECT next.record_id FROM reach CROSS JOIN LATERAL (
        SELECT edge.record_b AS record_id FROM onefold.judgements AS edge
          WHERE edge.record_a = reach.record_id AND edge.verdict <> 'distinct'
        UNION ALL
        SELECT edge.record_a FROM onefold.judgements AS edge
          WHERE edge.record_b = reach.record_id AND edge.verdict <> 'distinct'
        UNION ALL
        SELECT decision.record_b FROM onefold.decisions AS decision
          WHERE decision.record_a = reach.record_id AND decision.verdict = 'same' AND decision.taken_up_at IS NOT NULL
        UNION ALL
        SELECT decision.record_a FROM onefold.decisions AS decision
          WHERE decision.record_b = reach.record_id AND decision.verdict = 'same' AND decision.taken_up_at IS NOT NULL
        UNION ALL
        SELECT fellow.record_id FROM onefold.profile_members AS member
          JOIN onefold.profile_members AS fellow ON fellow.profile_id = member.profile_id
          WHERE member.record_id = reach.record_id
      ) AS next
    )
    SELECT record_id FROM reach`
  return rows.map((row) => row.record_id)
}
