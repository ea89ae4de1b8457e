import type { SqlFragment, Tx } from '../open-store.ts'

/**
 * The records that `seeds` selects, and those within reach of them, themselves included: along pairs judged a match or
 * doubtful, along pairs that people linked, and along profiles. Each is a few look-ups in indexes, so that the cost does
 * not depend on how many records there are. From `many` seeds on it is not looked for: `reach` is undefined.
 */
export async function findReach(
  tx: Tx,
  seeds: SqlFragment,
  many: number,
): Promise<{ readonly seedIds: readonly string[]; readonly reach: readonly string[] | undefined }> {
  const rows = await tx<{ recordId: string; isSeed: boolean }[]>`
    WITH RECURSIVE seeds AS MATERIALIZED (
      SELECT record_id FROM onefold.records WHERE ${seeds}
    ), reach (record_id) AS (
      SELECT record_id FROM seeds WHERE (SELECT count(*) FROM seeds) < ${many}
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
    SELECT record_id AS "recordId", true AS "isSeed" FROM seeds
    UNION ALL
    SELECT record_id, false FROM reach`
  const seedIds = rows.filter(({ isSeed }) => isSeed).map(({ recordId }) => recordId)
  const reach = rows.filter(({ isSeed }) => !isSeed).map(({ recordId }) => recordId)
  return { seedIds, reach: seedIds.length < many ? reach : undefined }
}
