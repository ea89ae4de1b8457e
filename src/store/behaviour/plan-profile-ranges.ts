import { cutRanges, type IdRange } from '../identity/plan-ranges.ts'
import { isSelected } from '../identity/select-profiles.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { cutDueRanges } from './due-ranges.ts'
import { selectInDueRanges } from './unstitch.ts'

/**
 * Which profiles a stage is due for; living ones but for `unstitched`. `uncomputed` and `unsettled` are so at an instant:
 * their features, or their segments, may be others then than those that are there.
 */
export type ProfilesDue =
  | 'unstitched'
  | 'stale'
  | 'living'
  | { readonly uncomputed: Date }
  | { readonly unsettled: Date }

/**
 * Ranges that fewer people than would fill them are cut into, so that workers have as much to do each, those that begin later
 * as well.
 */
const FEWEST_RANGES = 8
/** Smaller ranges cost more than it saves. */
const SMALLEST = 500

/** Ranges of the profiles that are due, `size` each at most. */
export async function planProfileRanges(tx: Tx, due: ProfilesDue, size: number): Promise<IdRange[]> {
  const shared = tx`greatest(ceil(profiles / ${FEWEST_RANGES}::float8)::int, ${Math.min(SMALLEST, size)})`
  const rows = await tx<{ id: string }[]>`
    SELECT id FROM (
      SELECT profile_id AS id, row_number() OVER (ORDER BY profile_id) AS place, count(*) OVER () AS profiles
      FROM (${selectDue(tx, due)}) AS due
    ) AS numbered WHERE (place - 1) % least(${size}, ${shared}) = 0 ORDER BY id`
  const ranges = cutRanges(rows.map((row) => row.id))
  if (due === 'unstitched') await cutDueRanges(tx, due, ranges)
  else if (typeof due === 'object' && 'unsettled' in due) await cutDueRanges(tx, 'unsettled', ranges)
  return ranges
}

/** The profiles of a range that are due, sorted. */
export async function findDue(tx: Tx, due: ProfilesDue, range: IdRange): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT profile_id FROM (${selectDue(tx, due)}) AS due
    WHERE ${isSelected(tx, tx`profile_id`, range)} ORDER BY profile_id`
  return rows.map((row) => row.profile_id)
}

function selectDue(tx: Tx, due: ProfilesDue): SqlFragment {
  const living = tx`SELECT profile_id FROM onefold.profiles WHERE dissolved_at IS NULL`
  if (due === 'living') return living
  if (due === 'stale') return tx`${living} AND stale`
  if (due === 'unstitched') {
    return tx`
      SELECT profile_id FROM onefold.profile_members
      WHERE EXISTS (SELECT FROM onefold.unstitched WHERE actor_id = record_id)
      UNION
      SELECT profile_id FROM (${selectInDueRanges(tx)}) AS member`
  }
  if ('unsettled' in due) {
    return tx`
      SELECT profile_id FROM onefold.segment_due JOIN onefold.profiles USING (profile_id)
      WHERE due_at <= ${due.unsettled} AND dissolved_at IS NULL
      UNION
      SELECT profile_id FROM onefold.due_ranges AS range
      JOIN onefold.profiles ON profile_id >= range.from_id AND profile_id < range.to_id
      WHERE range.due = 'unsettled' AND dissolved_at IS NULL`
  }
  return tx`
    SELECT profile_id FROM (
      SELECT profile_id FROM onefold.feature_due WHERE due_at <= ${due.uncomputed}
      UNION SELECT profile_id FROM onefold.features WHERE as_of > ${due.uncomputed}
    ) AS uncomputed JOIN onefold.profiles USING (profile_id) WHERE dissolved_at IS NULL`
}
