import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Somebody, and when time alone may next change their segments (ms since 1970); -Infinity when a walk is to judge them. */
export interface Due {
  readonly profileId: string
  readonly at: number
}

/** Has a walk judge the segments of the profiles that `profiles` (ids, or a query of `profile_id`) gives. */
export async function unsettle(tx: Tx, profiles: readonly string[] | SqlFragment): Promise<void> {
  const given = Array.isArray(profiles) ? tx`SELECT unnest(${spellArray(profiles)}::uuid[]) AS profile_id` : profiles
  await tx`
    INSERT INTO onefold.segment_due AS kept (profile_id, due_at)
    SELECT profile_id, '-infinity' FROM (${given as SqlFragment}) AS given
    ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at WHERE kept.due_at > excluded.due_at`
}

/** Has a walk judge the segments of everybody living. */
export async function unsettleEverybody(tx: Tx): Promise<void> {
  await unsettle(tx, tx`SELECT profile_id FROM onefold.profiles WHERE dissolved_at IS NULL`)
}

/** Keeps when segments of some profiles may next change by time alone; of those left out of `due` never. */
export async function saveDue(tx: Tx, profiles: readonly string[], due: readonly Due[]): Promise<void> {
  const ids = spellArray(due.map(({ profileId }) => profileId))
  await tx`
    WITH forgotten AS (
      DELETE FROM onefold.segment_due
      WHERE profile_id = ANY(${spellArray(profiles)}::uuid[]) AND NOT profile_id = ANY(${ids}::uuid[])
    )
    INSERT INTO onefold.segment_due AS kept (profile_id, due_at)
    SELECT profile_id, to_timestamp(at / 1000.0)
    FROM unnest(${ids}::uuid[], ${spellArray(due.map(({ at }) => at))}::float8[]) AS given (profile_id, at)
    ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at WHERE kept.due_at <> excluded.due_at`
}

/** Whether time may have changed anybody's segments until `asOf`. */
export async function isAnybodyDue(tx: Tx, asOf: Date): Promise<boolean> {
  return (await tx`SELECT FROM onefold.segment_due WHERE due_at > '-infinity' AND due_at <= ${asOf} LIMIT 1`).length > 0
}

/** People whose segments time may have changed until `asOf`, the longest due first; others leave them alone meanwhile. */
export async function lockDue(tx: Tx, asOf: Date, most: number): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT profile_id FROM onefold.segment_due WHERE due_at > '-infinity' AND due_at <= ${asOf} ORDER BY due_at, profile_id LIMIT ${most}
    FOR UPDATE SKIP LOCKED`
  return rows.map((row) => row.profile_id)
}
