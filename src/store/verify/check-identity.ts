import type { Tx } from '../open-store.ts'
import type { Check } from './check.ts'
import { normalize } from './check-ledger.ts'

/** Every resolved record that is not deleted is in one living profile, profiles are named by their earliest record, redirects lead home. */
export async function checkIdentity(tx: Tx): Promise<Check[]> {
  const [members] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE lost) AS broken,
      (array_agg(record_id::text) FILTER (WHERE lost))[1:5] AS examples
    FROM (
      SELECT record.record_id, CASE WHEN record.deleted AND record.resolution = 'resolved' THEN member.record_id IS NOT NULL
        ELSE profile.profile_id IS NULL OR profile.dissolved_at IS NOT NULL END AS lost
      FROM onefold.records AS record
      LEFT JOIN onefold.profile_members AS member USING (record_id)
      LEFT JOIN onefold.profiles AS profile USING (profile_id)
      WHERE record.resolution = 'resolved' OR member.record_id IS NOT NULL
    ) AS members`
  const [founders] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE wrong) AS broken,
      (array_agg(profile_id::text) FILTER (WHERE wrong))[1:5] AS examples
    FROM (
      SELECT profile.profile_id, founder.record_id IS DISTINCT FROM profile.profile_id AS wrong
      FROM onefold.profiles AS profile
      LEFT JOIN (
        SELECT DISTINCT ON (member.profile_id) member.profile_id, record_id
        FROM onefold.profile_members AS member JOIN onefold.records USING (record_id)
        ORDER BY member.profile_id, seq, record_id
      ) AS founder USING (profile_id)
      WHERE profile.dissolved_at IS NULL
    ) AS profiles`
  const [redirects] = await tx<{ checked: number; broken: number; examples: string[] | null }[]>`
    WITH RECURSIVE walk (origin, target, steps) AS (
      SELECT from_profile, to_profile, 1 FROM onefold.redirects WHERE until IS NULL
      UNION ALL
      SELECT walk.origin, redirect.to_profile, walk.steps + 1
      FROM walk JOIN onefold.redirects AS redirect ON redirect.from_profile = walk.target AND redirect.until IS NULL
      WHERE walk.target <> walk.origin AND walk.steps < 10000
    )
    SELECT count(*) AS checked, count(*) FILTER (WHERE NOT arrives) AS broken,
      (array_agg(origin::text) FILTER (WHERE NOT arrives))[1:5] AS examples
    FROM (
      SELECT walk.origin, bool_or(profile.profile_id IS NOT NULL AND (profile.dissolved_at IS NULL OR NOT EXISTS (
        -- Withdrawn: its sources have deleted all its records.
        SELECT FROM onefold.redirects AS further
        WHERE further.from_profile = profile.profile_id AND further.until IS NULL))) AS arrives
      FROM walk LEFT JOIN onefold.profiles AS profile ON profile.profile_id = walk.target GROUP BY walk.origin
    ) AS origins`
  return [
    { promise: 'every resolved record is in exactly one living profile, a deleted one in none', ...normalize(members) },
    { promise: 'every living profile bears the id of its earliest record', ...normalize(founders) },
    {
      promise: 'every redirect leads, without a circle, to a living profile or a withdrawn one',
      ...normalize(redirects),
    },
  ]
}
