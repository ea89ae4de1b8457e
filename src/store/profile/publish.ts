import { isInOneOf, markMost, takeJoined } from '../behaviour/due-ranges.ts'
import type { IdRange } from '../identity/plan-ranges.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { publishSizes } from './publish-sizes.ts'

/** What a publication changed, in rows. */
export interface PublishedCounts extends Record<string, number> {
  profiles: number
  withdrawn: number
  memberships: number
}

/**
 * Of fewer, who was renewed is composed once more: in a table that is planned for as empty, each profile would be looked for
 * among all that the same statement has written before (2026: half a minute for 30,000 instead of half a second).
 */
const FEWEST_LEFT_OUT = 1_000

/** Has the next `publish` tell of these profiles, and of the memberships of those among them that are `moved`. */
export async function markUnpublished(tx: Tx, profiles: readonly string[], moved: ReadonlySet<string>): Promise<void> {
  const isMoved = profiles.map((profileId) => String(moved.has(profileId)))
  await tx`
    INSERT INTO onefold.unpublished AS kept (profile_id, moved)
    SELECT * FROM unnest(${spellArray(profiles)}::uuid[], ${spellArray(isMoved)}::bool[])
    ON CONFLICT (profile_id) DO UPDATE SET moved = true WHERE excluded.moved AND NOT kept.moved`
}

/** The same of profiles that all are in a range. */
export async function markUnpublishedWithin(
  tx: Tx,
  range: IdRange,
  profiles: readonly string[],
  moved: ReadonlySet<string>,
): Promise<void> {
  const isRange = await markMost(tx, 'unpublished', range, profiles.length)
  await markUnpublished(tx, isRange ? [...moved] : profiles, moved)
}

/** Takes so many profiles off the marked, for whoever publishes them by other means than `publish`; sorted. */
export async function takeUnpublished(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    DELETE FROM onefold.unpublished
    WHERE profile_id = ANY(ARRAY(SELECT profile_id FROM onefold.unpublished LIMIT ${most} FOR UPDATE SKIP LOCKED))
    RETURNING profile_id`
  return rows.map((row) => row.profile_id).sort()
}

/**
 * Makes `onefold_out` say what is known now of whoever is marked, and withdraws who lives no more, in the transaction of
 * the caller: readers see the former state or the new one, never a mixture (P6). Only rows that differ are written.
 */
export async function publish(tx: Tx, asOf: Date): Promise<PublishedCounts> {
  const ranges = await takeJoined(tx, 'unpublished')
  const renewed = await renewProfiles(tx, ranges)
  const isOther = tx`AND NOT EXISTS (
    SELECT FROM onefold_out.unified_profiles AS published
    WHERE published.profile_id = profile.pseudonym AND published.revision = profile.revision)`
  const composed = await upsertProfiles(
    tx,
    tx`AND profile.profile_id IN (${selectMarked(tx, ranges)}) ${renewed < FEWEST_LEFT_OUT ? tx`` : isOther}`,
  )
  const withdrawn = await tx`
    DELETE FROM onefold_out.unified_profiles
    WHERE profile_id IN (SELECT pseudonym FROM onefold.profiles WHERE dissolved_at IS NOT NULL)
    RETURNING 1`
  const isMoved = tx`WHERE profile.profile_id IN (SELECT profile_id FROM onefold.unpublished WHERE moved)`
  const memberships = await upsertMemberships(tx, isMoved)
  await publishSizes(tx, asOf)
  await tx`DELETE FROM onefold.unpublished`
  await tx`
    INSERT INTO onefold_out.profile_redirects AS published (from_profile_id, to_profile_id, since)
    WITH RECURSIVE leads (origin, target, since) AS (
      SELECT from_profile, to_profile, since FROM onefold.redirects WHERE until IS NULL
      UNION
      SELECT leads.origin, redirect.to_profile, leads.since
      FROM leads JOIN onefold.redirects AS redirect ON redirect.from_profile = leads.target AND redirect.until IS NULL
    )
    SELECT old.pseudonym, living.pseudonym, leads.since
    FROM leads JOIN onefold.profiles AS old ON old.profile_id = leads.origin
    JOIN onefold.profiles AS living ON living.profile_id = leads.target AND living.dissolved_at IS NULL
    ON CONFLICT (from_profile_id) DO UPDATE SET to_profile_id = excluded.to_profile_id
    WHERE published.to_profile_id <> excluded.to_profile_id`
  await tx`
    DELETE FROM onefold_out.profile_redirects AS published WHERE EXISTS (
      SELECT FROM onefold.profiles WHERE pseudonym = published.from_profile_id AND dissolved_at IS NULL)
    OR NOT EXISTS (
      SELECT FROM onefold.profiles WHERE pseudonym = published.to_profile_id AND dissolved_at IS NULL)`
  return { profiles: renewed + composed, withdrawn: withdrawn.length, memberships }
}

/** What a published profile tells of its features, whose names these columns have. */
const OF_FEATURES = [
  ...['last_active_at', 'purchases', 'total_spent', 'average_order_value', 'last_purchase_at', 'recency_days'],
  ...['sessions', 'sessions_30d', 'r', 'f', 'm', 'rfm_score', 'p_alive', 'expected_purchases', 'lifetime_value'],
  ...['engagement_score', 'as_of'],
]

const SEGMENTS = `ARRAY(SELECT segment_id FROM onefold.segment_memberships AS membership
    WHERE membership.profile_id = profile.profile_id AND valid_to IS NULL ORDER BY segment_id)`

/** What a published profile tells: its columns, and what each is of what is known. */
const TOLD: Readonly<Record<string, string>> = {
  profile_id: 'profile.pseudonym',
  age_band: `said ->> 'ageBand'`,
  sex: `said ->> 'sex'`,
  country: `said ->> 'country'`,
  region: `said ->> 'region'`,
  postcode_prefix: `said ->> 'postcodePrefix'`,
  language: `said ->> 'language'`,
  has_email: `(said ->> 'hasEmail')::bool`,
  has_phone: `(said ->> 'hasPhone')::bool`,
  email_class: `said ->> 'emailClass'`,
  records: `(said ->> 'records')::int`,
  sources: `ARRAY(SELECT jsonb_array_elements_text(said -> 'sources'))`,
  ...Object.fromEntries(OF_FEATURES.map((name) => [name, `feature.${name}`])),
  segments: SEGMENTS,
  revision: 'profile.revision',
}

/** Some of them, of what goes by an alias. */
function listColumns(alias: string, columns: readonly string[]): string {
  return columns.map((name) => `${alias}.${name}`).join(', ')
}

/**
 * A query of the profiles that are marked, or in one of some ranges; some twice. A condition of either with OR would look
 * through all that are marked for each profile once there are too many for the server to hash (2026: over 15 minutes for
 * 800,000 instead of some seconds).
 */
function selectMarked(tx: Tx, ranges: readonly IdRange[]): SqlFragment {
  return tx`
    SELECT profile_id FROM onefold.unpublished
    UNION ALL SELECT profile_id FROM onefold.profiles WHERE ${isInOneOf(tx, tx`profile_id`, ranges)}`
}

/**
 * Publishes features and segments of whoever is marked, or in one of some ranges, and whose revision is published: all else
 * follows from that. Segments are made of memberships only where these have moved. Takes half the time of `upsertProfiles`
 * (2026: 3.2 s instead of 6.2 for 233,000 profiles, all of them with another feature). Returns how many rows differed.
 */
async function renewProfiles(tx: Tx, ranges: readonly IdRange[]): Promise<number> {
  const kept = [...OF_FEATURES, 'segments']
  const told = tx.unsafe(`${listColumns('told', OF_FEATURES)}, coalesce(told.segments, published.segments)`)
  const { count } = await tx`
    UPDATE onefold_out.unified_profiles AS published SET (${tx.unsafe(kept.join(', '))}) = ROW (${told})
    FROM (
      SELECT pseudonym, revision, ${tx.unsafe(listColumns('feature', OF_FEATURES))},
        CASE WHEN moved THEN ${tx.unsafe(SEGMENTS)} END AS segments
      FROM onefold.profiles AS profile
      LEFT JOIN onefold.unpublished USING (profile_id)
      JOIN onefold.features AS feature USING (profile_id)
      WHERE (moved IS NOT NULL OR ${isInOneOf(tx, tx`profile_id`, ranges)}) AND dissolved_at IS NULL
      OFFSET 0
    ) AS told
    WHERE (published.profile_id, published.revision) = (told.pseudonym, told.revision)
      AND ROW (${tx.unsafe(listColumns('published', kept))}) IS DISTINCT FROM ROW (${told})`
  return count
}

/**
 * Publishes living profiles, all or those that `within` (`AND …`, of `profile`) leaves; returns how many rows differed. The
 * caller holds what lets nobody else publish: of two who do one would fail.
 */
export async function upsertProfiles(tx: Tx, within: SqlFragment): Promise<number> {
  const columns = Object.keys(TOLD)
  const told = tx.unsafe(listColumns('told', columns))
  const { count } = await tx`
    MERGE INTO onefold_out.unified_profiles AS published USING (
      SELECT ${tx.unsafe(columns.map((name) => `${TOLD[name]} AS ${name}`).join(', '))}
      FROM onefold.profiles AS profile
      JOIN onefold.profile_revisions AS revision USING (profile_id, revision)
      JOIN onefold.features AS feature USING (profile_id)
      CROSS JOIN LATERAL (SELECT revision.generalized AS said) AS alias
      WHERE profile.dissolved_at IS NULL ${within}
      -- Apart from what is done with it: else each use would make it anew.
      OFFSET 0
    ) AS told ON published.profile_id = told.profile_id
    WHEN MATCHED AND ROW (${tx.unsafe(listColumns('published', columns))}) IS DISTINCT FROM ROW (${told})
      THEN UPDATE SET (${tx.unsafe(columns.join(', '))}) = ROW (${told})
    WHEN NOT MATCHED THEN INSERT (${tx.unsafe(columns.join(', '))}) VALUES (${told})`
  return count
}

/** Publishes memberships, all or those that `within` (`WHERE …`, of `profile`) leaves; returns how many rows differed. */
export async function upsertMemberships(tx: Tx, within: SqlFragment): Promise<number> {
  const { count } = await tx`
    INSERT INTO onefold_out.segment_memberships AS published
      (profile_id, segment_id, version, reason, valid_from, valid_to)
    SELECT profile.pseudonym, segment_id, version, reason, valid_from, valid_to
    FROM onefold.segment_memberships JOIN onefold.profiles AS profile USING (profile_id)
    ${within}
    -- What is published so already is left alone: a conflict would lock and write its row.
    EXCEPT SELECT profile_id, segment_id, version, reason, valid_from, valid_to FROM onefold_out.segment_memberships
    WHERE profile_id IN (SELECT pseudonym FROM onefold.profiles AS profile ${within})
    ON CONFLICT (profile_id, segment_id, version, valid_from) DO UPDATE SET
      reason = excluded.reason, valid_to = excluded.valid_to`
  return count
}
