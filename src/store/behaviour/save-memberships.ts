import type { MembershipChanges } from '../../segment/diff-memberships.ts'
import type { OpenMembership } from '../../segment/segment-definition.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Who of some profiles is in which segment now. */
export async function loadOpenMemberships(tx: Tx, selection: ProfileSelection): Promise<OpenMembership[]> {
  return tx<OpenMembership[]>`
    SELECT profile_id AS "profileId", segment_id AS "segmentId", version, reason,
           (extract(epoch FROM valid_from) * 1000)::float8 AS "validFrom"
    FROM onefold.segment_memberships
    WHERE valid_to IS NULL AND ${isSelected(tx, tx`profile_id`, selection)}`
}

/** Closes what ended, opens what began, renews the reasons of what goes on for another, and tells the change feed. */
export async function saveMemberships(tx: Tx, changes: MembershipChanges, at: Date): Promise<void> {
  const { entered, left, retold } = changes
  const columns = (rows: readonly OpenMembership[]) => tx`unnest(
    ${spellArray(rows.map((row) => row.profileId))}::uuid[], ${spellArray(rows.map((row) => row.segmentId))}::text[],
    ${spellArray(rows.map((row) => row.version))}::int[], ${spellArray(rows.map((row) => row.reason))}::text[]
  ) AS given (profile_id, segment_id, version, reason)`
  if (entered.length + left.length + retold.length === 0) return
  // One statement, each of whose parts has rows of its own.
  await tx`
    WITH closed AS (
      UPDATE onefold.segment_memberships AS membership SET valid_to = ${at} FROM ${columns(left)}
      WHERE (membership.profile_id, membership.segment_id, membership.version)
          = (given.profile_id, given.segment_id, given.version) AND membership.valid_to IS NULL
      RETURNING membership.profile_id, membership.segment_id, membership.version
    ), opened AS (
      INSERT INTO onefold.segment_memberships AS membership (profile_id, segment_id, version, reason, valid_from)
      SELECT profile_id, segment_id, version, reason, ${at} FROM ${columns(entered)}
      ON CONFLICT (profile_id, segment_id, version, valid_from) DO UPDATE SET valid_to = NULL, reason = excluded.reason
      RETURNING membership.profile_id, membership.segment_id, membership.version
    ), renewed AS (
      UPDATE onefold.segment_memberships AS membership SET reason = given.reason FROM ${columns(retold)}
      WHERE (membership.profile_id, membership.segment_id, membership.version)
          = (given.profile_id, given.segment_id, given.version) AND membership.valid_to IS NULL
    )
    INSERT INTO onefold.outbox (kind, subject, payload, at)
    SELECT kind, profile_id, jsonb_build_object('segment', segment_id, 'version', version), now()
    FROM (SELECT 'segment.entered' AS kind, * FROM opened UNION ALL SELECT 'segment.left', * FROM closed) AS told`
}
