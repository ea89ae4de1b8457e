import type { Tx } from '../open-store.ts'

/** How a segment changed between two instants, in people. */
export interface SegmentMovement {
  readonly segmentId: string
  readonly before: number
  readonly left: number
  readonly entered: number
  readonly after: number
}

/** Where people went who left a segment, or came from who entered it. */
export interface MovementFlow {
  readonly direction: 'to' | 'from'
  /** A segment that they were in only after, or only before; null for those that are in none such. */
  readonly segmentId: string | null
  readonly people: number
}

/** An interval of time: who was in a segment at its beginning, and at its end. */
export interface Interval {
  readonly since: Date
  readonly until: Date
}

/** How each segment changed, by id, whatever its version. People who were merged since count once, as whom they are now. */
export async function measureMovement(tx: Tx, { since, until }: Interval): Promise<SegmentMovement[]> {
  return tx<SegmentMovement[]>`
    WITH before AS (${selectMembersAt(tx, since)}), after AS (${selectMembersAt(tx, until)})
    SELECT segment_id AS "segmentId", count(before.person) AS before,
      count(*) FILTER (WHERE after.person IS NULL) AS left, count(*) FILTER (WHERE before.person IS NULL) AS entered,
      count(after.person) AS after
    FROM before FULL JOIN after USING (segment_id, person) GROUP BY segment_id ORDER BY segment_id`
}

/** Where those went who left a segment, and where those came from who entered it; largest first. */
export async function measureFlows(tx: Tx, segmentId: string, { since, until }: Interval): Promise<MovementFlow[]> {
  return tx<MovementFlow[]>`
    WITH before AS (${selectMembersAt(tx, since)}), after AS (${selectMembersAt(tx, until)}), moved AS (
      SELECT coalesce(before.person, after.person) AS person, CASE WHEN after.person IS NULL THEN 'to' ELSE 'from' END AS direction
      FROM before FULL JOIN after USING (segment_id, person)
      WHERE segment_id = ${segmentId} AND (before.person IS NULL OR after.person IS NULL)
    ), elsewhere AS (
      SELECT 'to' AS direction, person, segment_id FROM after EXCEPT SELECT 'to', person, segment_id FROM before
      UNION ALL
      (SELECT 'from', person, segment_id FROM before EXCEPT SELECT 'from', person, segment_id FROM after)
    )
    SELECT direction, elsewhere.segment_id AS "segmentId", count(*) AS people
    FROM moved LEFT JOIN elsewhere USING (direction, person)
    GROUP BY direction, elsewhere.segment_id ORDER BY direction DESC, people DESC, elsewhere.segment_id`
}

function selectMembersAt(tx: Tx, at: Date): ReturnType<Tx> {
  return tx`
    SELECT DISTINCT segment_id, coalesce(lead.to_profile_id, profile_id) AS person
    FROM onefold_out.segment_memberships LEFT JOIN onefold_out.profile_redirects AS lead ON from_profile_id = profile_id
    WHERE valid_from <= ${at} AND (valid_to IS NULL OR valid_to > ${at})`
}
