import type { MembershipChanges } from '../../segment/diff-memberships.ts'
import type { OpenMembership } from '../../segment/segment-definition.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Who of some profiles is in which segment now. */
export async function loadOpenMemberships(tx: Tx, selection: ProfileSelection): Promise<OpenMembership[]> {
  // Lists as texts, a row a person: a driver decodes values one by one.
  const rows = await tx<Record<'profileId' | 'segmentIds' | 'versions' | 'reasons' | 'begins', string>[]>`
    SELECT profile_id AS "profileId", array_to_json(array_agg(segment_id))::text AS "segmentIds",
      array_to_json(array_agg(version))::text AS versions, array_to_json(array_agg(reason))::text AS reasons,
      array_to_json(array_agg(round(date_part('epoch', valid_from) * 1000)))::text AS begins
    FROM onefold.segment_memberships
    WHERE valid_to IS NULL AND ${isSelected(tx, tx`profile_id`, selection)} GROUP BY profile_id`
  return rows.flatMap(({ profileId, segmentIds, versions, reasons, begins }) => {
    const [ids, numbers, told] = [segmentIds, versions, reasons].map((list) => JSON.parse(list) as unknown[])
    const starts = JSON.parse(begins) as number[]
    return starts.map((validFrom, n) => ({
      profileId,
      segmentId: ids![n] as string,
      version: numbers![n] as number,
      reason: told![n] as string,
      validFrom,
    }))
  })
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
