import type { Tx } from '../open-store.ts'
import type { Check } from './check.ts'
import { normalize } from './check-ledger.ts'

/** What consumers read is what is known: one row a living composed profile, money, memberships and sizes equal. */
export async function checkPublication(tx: Tx): Promise<Check[]> {
  const [rows] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE wrong) AS broken,
      (array_agg(id) FILTER (WHERE wrong))[1:5] AS examples
    FROM (
      SELECT coalesce(published.profile_id, known.pseudonym) AS id,
        published.profile_id IS NULL OR known.pseudonym IS NULL
        OR (published.revision, published.purchases, published.total_spent, published.sessions)
          IS DISTINCT FROM (known.revision, known.purchases, known.total_spent, known.sessions) AS wrong
      FROM onefold_out.unified_profiles AS published
      FULL JOIN (
        SELECT pseudonym, revision, purchases, total_spent, sessions
        FROM onefold.profiles JOIN onefold.features USING (profile_id) WHERE dissolved_at IS NULL AND revision > 0
      ) AS known ON known.pseudonym = published.profile_id
    ) AS compared`
  const [money] = await tx<{ checked: number; broken: number }[]>`
    SELECT (SELECT count(*) FROM onefold.features) AS checked,
      CASE WHEN abs((SELECT coalesce(sum(total_spent::numeric), 0) FROM onefold.features)
        - (SELECT coalesce(sum(amount::numeric), 0) FROM onefold.order_lines LEFT JOIN onefold.features AS feature USING (profile_id)
           WHERE occurred_at <= coalesce(feature.as_of, (SELECT max(as_of) FROM onefold.features)))) > 0.01 THEN 1 ELSE 0 END AS broken`
  const [memberships] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE wrong) AS broken,
      (array_agg(id) FILTER (WHERE wrong))[1:5] AS examples
    FROM (
      SELECT published.profile_id AS id, published.segments IS DISTINCT FROM ARRAY(
        SELECT segment_id FROM onefold_out.segment_memberships AS membership
        WHERE membership.profile_id = published.profile_id AND valid_to IS NULL ORDER BY segment_id) AS wrong
      FROM onefold_out.unified_profiles AS published
    ) AS compared`
  const [sizes] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE wrong) AS broken,
      (array_agg(id) FILTER (WHERE wrong))[1:5] AS examples
    FROM (
      SELECT segment_id AS id, published.members <> coalesce(counted.members, 0) AS wrong
      FROM onefold_out.segments AS published LEFT JOIN (
        SELECT segment_id, version, count(*) AS members FROM onefold_out.segment_memberships
        WHERE valid_to IS NULL GROUP BY segment_id, version
      ) AS counted USING (segment_id, version)
    ) AS compared`
  return [
    { promise: 'one published row a living profile, with its present numbers', ...normalize(rows) },
    { promise: 'the money of all features is the money of all order lines', ...normalize(money) },
    { promise: 'published segments are the open memberships', ...normalize(memberships) },
    { promise: 'published sizes of segments are how many are in them', ...normalize(sizes) },
  ]
}
