import type { Tx } from '../open-store.ts'
import { unstitch } from '../behaviour/unstitch.ts'
import { markUnpublished } from '../profile/publish.ts'

/** A change of identity as the store applies it; pseudonyms come with the profiles that begin. */
export interface IdentityChange {
  readonly created: readonly { readonly profileId: string; readonly pseudonym: string }[]
  readonly merged: readonly { readonly from: string; readonly to: string }[]
  readonly split: readonly { readonly from: string; readonly to: string }[]
  readonly retired: readonly string[]
  readonly moved: readonly { readonly recordId: string; readonly profileId: string }[]
  /** Records that are in no profile any more. */
  readonly left: readonly string[]
  /** Profiles that gain or lose records. */
  readonly touched: readonly string[]
}

/**
 * Applies a plan: members move, profiles begin and end, redirects open and close, every step is appended to
 * `merges`. Whoever gained or lost members is composed again, and the sessions of their actors are stitched again: all
 * are taken away, since who has lost its last actor is not looked at when others are stitched. Says how many profiles came
 * to life again.
 */
export async function applyIdentityPlan(
  tx: Tx,
  runId: string,
  change: IdentityChange,
): Promise<{ readonly revived: number }> {
  const { created, merged, split, moved, left, touched } = change
  if (moved.length + left.length + merged.length + split.length + change.retired.length === 0) return { revived: 0 }
  const movedIds = moved.map((row) => row.recordId)
  const createdIds = created.map((row) => row.profileId)
  const ended = [...merged.map((row) => row.from), ...change.retired]
  const changes = [...merged, ...split]
  // Statements wait until they are awaited; those with nothing to do are left out.
  const begun =
    createdIds.length === 0
      ? []
      : [
          tx`
    INSERT INTO onefold.profiles (profile_id, pseudonym, created_at)
    SELECT profile_id, pseudonym, now()
    FROM unnest(${createdIds}::uuid[], ${created.map((row) => row.pseudonym)}::text[]) AS given (profile_id, pseudonym)
    ON CONFLICT (profile_id) DO UPDATE SET dissolved_at = NULL, stale = true
    RETURNING created_at <> now() AS "isRevived"`,
          tx`UPDATE onefold.redirects SET until = now() WHERE from_profile = ANY(${createdIds}::uuid[]) AND until IS NULL`,
        ]
  const over =
    ended.length === 0
      ? []
      : [
          tx`UPDATE onefold.profiles SET dissolved_at = now(), stale = false WHERE profile_id = ANY(${ended}::uuid[])`,
          tx`DELETE FROM onefold.features WHERE profile_id = ANY(${ended}::uuid[])`,
          tx`DELETE FROM onefold.feature_due WHERE profile_id = ANY(${ended}::uuid[])`,
          tx`
    UPDATE onefold.segment_memberships SET valid_to = greatest(now(), valid_from)
    WHERE profile_id = ANY(${ended}::uuid[]) AND valid_to IS NULL`,
          tx`
    UPDATE onefold.score_history SET valid_to = greatest(now(), valid_from)
    WHERE profile_id = ANY(${ended}::uuid[]) AND valid_to IS NULL`,
          markUnpublished(tx, ended, new Set(ended)),
        ]
  const withdrawn =
    change.retired.length === 0
      ? []
      : [
          tx`
    INSERT INTO onefold.outbox (kind, subject, payload, at)
    SELECT 'profile.retired', profile_id, '{}', now() FROM unnest(${change.retired}::uuid[]) AS given (profile_id)`,
        ]
  const told =
    changes.length === 0
      ? []
      : [
          tx`
    INSERT INTO onefold.redirects (from_profile, to_profile, since)
    SELECT from_profile, to_profile, clock_timestamp()
    FROM unnest(${merged.map((row) => row.from)}::uuid[], ${merged.map((row) => row.to)}::uuid[])
      AS given (from_profile, to_profile)`,
          tx`
    INSERT INTO onefold.merges (run_id, kind, from_profile, to_profile, at)
    SELECT ${runId}, kind, from_profile, to_profile, now()
    FROM unnest(
      ${[...merged.map(() => 'merged'), ...split.map(() => 'split')]}::text[],
      ${changes.map((row) => row.from)}::uuid[], ${changes.map((row) => row.to)}::uuid[]
    ) AS given (kind, from_profile, to_profile)`,
          tx`
    INSERT INTO onefold.outbox (kind, subject, payload, at)
    SELECT kind, from_profile, jsonb_build_object('to', to_profile), now()
    FROM unnest(
      ${[...merged.map(() => 'profile.merged'), ...split.map(() => 'profile.split')]}::text[],
      ${changes.map((row) => row.from)}::uuid[], ${changes.map((row) => row.to)}::uuid[]
    ) AS given (kind, from_profile, to_profile)`,
        ]
  const gone = left.length === 0 ? [] : [tx`DELETE FROM onefold.profile_members WHERE record_id = ANY(${left}::uuid[])`]
  // Sent together and done in this order, without a pause in between.
  const [given] = await Promise.all([
    ...begun,
    ...gone,
    tx`
    INSERT INTO onefold.profile_members (record_id, profile_id, stream)
    SELECT record_id, profile_id, stream
    FROM unnest(${movedIds}::uuid[], ${moved.map((row) => row.profileId)}::uuid[]) AS given (record_id, profile_id)
    JOIN onefold.records USING (record_id)
    ON CONFLICT (record_id) DO UPDATE SET profile_id = excluded.profile_id`,
    ...over,
    ...told,
    ...withdrawn,
    tx`
    WITH sessionless AS (
      DELETE FROM onefold.sessions WHERE profile_id = ANY(${[...touched, ...ended]}::uuid[])
    )
    UPDATE onefold.profiles SET stale = true WHERE profile_id = ANY(${touched}::uuid[]) AND dissolved_at IS NULL`,
    unstitch(
      tx,
      tx`SELECT record_id FROM onefold.profile_members JOIN onefold.records USING (record_id)
        WHERE kind = 'actor' AND profile_id = ANY(${touched}::uuid[])`,
    ),
  ])
  return { revived: begun.length === 0 ? 0 : (given ?? []).filter((row) => row['isRevived'] === true).length }
}
