import type { IdRange } from '../identity/plan-ranges.ts'
import { isSelected } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { isInOneOf, markEverybody, markMost, takeDueRanges } from './due-ranges.ts'

/** Somebody, and when time alone may next change their segments (ms since 1970); -Infinity when a walk is to judge them. */
export interface Due {
  readonly profileId: string
  readonly at: number
}

/**
 * Has a walk judge the segments of the profiles that `profiles` (ids, or a query of `profile_id`) gives; those in a range that
 * is due are so already.
 */
export async function unsettle(tx: Tx, profiles: readonly string[] | SqlFragment): Promise<void> {
  const given = Array.isArray(profiles) ? tx`SELECT unnest(${spellArray(profiles)}::uuid[]) AS profile_id` : profiles
  await tx`
    INSERT INTO onefold.segment_due AS kept (profile_id, due_at)
    SELECT profile_id, '-infinity' FROM (${given as SqlFragment}) AS given
    WHERE NOT ${isInUnsettledRange(tx)}
    ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at WHERE kept.due_at > excluded.due_at`
}

/** Whether `profile_id` is in a range whose segments a walk is to judge. */
function isInUnsettledRange(tx: Tx): SqlFragment {
  return tx`EXISTS (SELECT FROM onefold.due_ranges WHERE due = 'unsettled' AND profile_id >= from_id AND profile_id < to_id)`
}

/** Has a walk judge the segments of profiles that all are in a range. */
export async function unsettleWithin(tx: Tx, range: IdRange, profiles: readonly string[]): Promise<void> {
  if (!(await markMost(tx, 'unsettled', range, profiles.length))) await unsettle(tx, profiles)
}

/** Has a walk judge the segments of everybody living. */
export async function unsettleEverybody(tx: Tx): Promise<void> {
  await markEverybody(tx, 'unsettled')
}

/** Takes the ranges of a chunk off those whose segments are to be judged; returns whose are as of an instant, sorted. */
export async function claimUnsettled(tx: Tx, range: IdRange, asOf: Date): Promise<string[]> {
  const parts = await takeDueRanges(tx, 'unsettled', range)
  const rows = await tx<{ profile_id: string }[]>`
    SELECT profile_id FROM onefold.profiles WHERE (${isInOneOf(tx, tx`profile_id`, parts)}) AND dissolved_at IS NULL
    UNION
    SELECT profile_id FROM onefold.segment_due JOIN onefold.profiles USING (profile_id)
    WHERE ${isSelected(tx, tx`profile_id`, range)} AND due_at <= ${asOf} AND dissolved_at IS NULL
    ORDER BY profile_id`
  return rows.map((row) => row.profile_id)
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

/** Whether time may have changed anybody's segments until `asOf`; asked several times a second. */
export async function isAnybodyDue(tx: Tx, asOf: Date): Promise<boolean> {
  return (await tx`SELECT FROM onefold.segment_due WHERE ${isDueByTime(tx, asOf)} LIMIT 1`).length > 0
}

/**
 * People whose segments time may have changed until `asOf`, and whom no walk is to judge anyhow, the longest due first;
 * others leave them alone meanwhile.
 */
export async function lockDue(tx: Tx, asOf: Date, most: number): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT profile_id FROM onefold.segment_due WHERE ${isDueByTime(tx, asOf)} AND NOT ${isInUnsettledRange(tx)}
    ORDER BY due_at, profile_id LIMIT ${most}
    FOR UPDATE SKIP LOCKED`
  return rows.map((row) => row.profile_id)
}

function isDueByTime(tx: Tx, asOf: Date): SqlFragment {
  return tx`due_at > '-infinity' AND due_at <= ${asOf}`
}
