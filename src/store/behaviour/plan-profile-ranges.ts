import { cutRanges, type IdRange } from '../identity/plan-ranges.ts'
import type { SqlFragment, Tx } from '../open-store.ts'

/** Which profiles a stage is due for. */
export type ProfilesDue = 'unstitched' | 'stale' | 'living'

/** Ranges of the profiles that are due, `size` each. */
export async function planProfileRanges(tx: Tx, due: ProfilesDue, size: number): Promise<IdRange[]> {
  const rows = await tx<{ id: string }[]>`
    SELECT id FROM (
      SELECT profile_id AS id, row_number() OVER (ORDER BY profile_id) AS place FROM (${selectDue(tx, due)}) AS due
    ) AS numbered WHERE (place - 1) % ${size} = 0 ORDER BY id`
  return cutRanges(rows.map((row) => row.id))
}

/** Selects `profile_id` of the profiles that are due. */
export function selectDue(tx: Tx, due: ProfilesDue): SqlFragment {
  switch (due) {
    case 'unstitched':
      return tx`
        SELECT DISTINCT member.profile_id FROM onefold.records AS record
        JOIN onefold.profile_members AS member USING (record_id) WHERE record.unstitched`
    case 'stale':
      return tx`SELECT profile_id FROM onefold.profiles WHERE stale AND dissolved_at IS NULL`
    case 'living':
      return tx`SELECT profile_id FROM onefold.profiles WHERE dissolved_at IS NULL`
  }
}
