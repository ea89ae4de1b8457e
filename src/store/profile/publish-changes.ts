import type { MembershipChanges } from '../../segment/diff-memberships.ts'
import type { OpenMembership } from '../../segment/segment-definition.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { type PublishedCounts, upsertMemberships, upsertProfiles } from './publish.ts'
import { moveSizes } from './publish-sizes.ts'

/**
 * Makes `onefold_out` say of these profiles, living or dissolved, what is known now, in the transaction of the caller
 * (P6). The rest of it stays as it was published last. Costs as much as there are profiles given. `isLedElsewhere` when
 * any of them began again or ended, so that old ids lead elsewhere.
 */
export async function publishChanges(
  tx: Tx,
  profileIds: readonly string[],
  asOf: Date,
  isLedElsewhere: boolean,
): Promise<PublishedCounts> {
  const ids = spellArray(profileIds)
  const named = tx`SELECT pseudonym FROM onefold.profiles WHERE profile_id = ANY(${ids}::uuid[])`
  const within = tx`WHERE profile.profile_id = ANY(${ids}::uuid[])`
  // Sent together and done in this order. Sizes come first: they change by what was published before.
  const [, profiles, withdrawn, memberships] = await Promise.all([
    moveSizes(tx, within, asOf),
    upsertProfiles(tx, tx`AND profile.profile_id = ANY(${ids}::uuid[])`),
    withdraw(tx, named),
    upsertMemberships(tx, within),
  ])
  if (isLedElsewhere) await publishRedirects(tx, ids, named)
  return { profiles, withdrawn, memberships }
}

/**
 * Makes `onefold_out` tell changes of memberships of living people, all of whom it has told before, in the transaction of
 * the caller (P6). The rest of their rows stays as it was published last.
 */
export async function publishMoves(tx: Tx, { entered, left, retold }: MembershipChanges, asOf: Date): Promise<void> {
  const moved = spellArray([...new Set([...entered, ...left].map(({ profileId }) => profileId))])
  const steps = [...entered.map((row) => ({ ...row, step: 1 })), ...left.map((row) => ({ ...row, step: -1 }))]
  const told = [...entered, ...retold].map((row) => ({ ...row, validTo: null }))
  const rows: readonly (OpenMembership & { readonly validTo: number | null })[] = [...left, ...told]
  if (rows.length === 0) return
  // One statement, each of whose parts has a table of its own.
  await tx`
    WITH sized AS (
      UPDATE onefold_out.segments AS published SET members = members + step, as_of = ${asOf}
      FROM (
        SELECT segment_id, version, sum(step) AS step
        FROM unnest(${spellArray(steps.map((row) => row.segmentId))}::text[],
          ${spellArray(steps.map((row) => row.version))}::int[], ${spellArray(steps.map((row) => row.step))}::int[])
          AS given (segment_id, version, step)
        GROUP BY 1, 2
      ) AS stepped
      WHERE (published.segment_id, published.version) = (stepped.segment_id, stepped.version) AND step <> 0
    ), told AS (
      INSERT INTO onefold_out.segment_memberships AS published
        (profile_id, segment_id, version, reason, valid_from, valid_to)
      SELECT pseudonym, segment_id, version, reason, to_timestamp(valid_from / 1000.0), to_timestamp(valid_to / 1000.0)
      FROM unnest(${spellArray(rows.map((row) => row.profileId))}::uuid[],
        ${spellArray(rows.map((row) => row.segmentId))}::text[], ${spellArray(rows.map((row) => row.version))}::int[],
        ${spellArray(rows.map((row) => row.reason))}::text[], ${spellArray(rows.map((row) => row.validFrom))}::float8[],
        ${spellArray(rows.map((row) => row.validTo))}::float8[])
        AS given (profile_id, segment_id, version, reason, valid_from, valid_to)
      JOIN onefold.profiles USING (profile_id)
      ON CONFLICT (profile_id, segment_id, version, valid_from) DO UPDATE SET
        reason = excluded.reason, valid_to = excluded.valid_to
    )
    UPDATE onefold_out.unified_profiles AS published SET segments = ARRAY(
      SELECT segment_id FROM onefold.segment_memberships AS membership
      WHERE membership.profile_id = profile.profile_id AND valid_to IS NULL ORDER BY segment_id)
    FROM onefold.profiles AS profile
    WHERE profile.profile_id = ANY(${moved}::uuid[]) AND published.profile_id = profile.pseudonym`
}

async function withdraw(tx: Tx, named: SqlFragment): Promise<number> {
  const rows = await tx`
    DELETE FROM onefold_out.unified_profiles WHERE profile_id IN (${named} AND dissolved_at IS NOT NULL) RETURNING 1`
  return rows.length
}

async function publishRedirects(tx: Tx, ids: string, named: SqlFragment): Promise<void> {
  // Names are looked up one by one: how many leads there are cannot be foreseen, and a join reads all profiles.
  await tx`
    INSERT INTO onefold_out.profile_redirects AS published (from_profile_id, to_profile_id, since)
    WITH RECURSIVE origins (origin) AS (
      SELECT unnest(${ids}::uuid[])
      UNION
      SELECT before.from_profile FROM origins CROSS JOIN LATERAL (
        SELECT from_profile FROM onefold.redirects WHERE to_profile = origins.origin AND until IS NULL OFFSET 0) AS before
    ), leads (origin, target, since) AS (
      SELECT origin, origin, NULL::timestamptz FROM origins
      UNION
      SELECT leads.origin, next.to_profile, coalesce(leads.since, next.since) FROM leads CROSS JOIN LATERAL (
        SELECT to_profile, since FROM onefold.redirects WHERE from_profile = leads.target AND until IS NULL OFFSET 0
      ) AS next
    ), led (old, living, since) AS MATERIALIZED (
      SELECT (SELECT pseudonym FROM onefold.profiles WHERE profile_id = leads.origin),
        (SELECT pseudonym FROM onefold.profiles WHERE profile_id = leads.target AND dissolved_at IS NULL), leads.since
      FROM leads WHERE leads.since IS NOT NULL
    )
    SELECT old, living, since FROM led WHERE living IS NOT NULL
    ON CONFLICT (from_profile_id) DO UPDATE SET to_profile_id = excluded.to_profile_id
    WHERE published.to_profile_id <> excluded.to_profile_id`
  await tx`
    DELETE FROM onefold_out.profile_redirects WHERE from_profile_id IN (${named} AND dissolved_at IS NULL)
      OR to_profile_id IN (${named} AND dissolved_at IS NOT NULL)`
}
