import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Somebody, and when time alone may next change their segments (ms since 1970). */
export interface Due {
  readonly profileId: string
  readonly at: number
}

/** Keeps when segments of some profiles may next change by time alone; of those left out of `due` never. */
export async function saveDue(tx: Tx, selection: ProfileSelection, due: readonly Due[]): Promise<void> {
  const ids = spellArray(due.map(({ profileId }) => profileId))
  const forgetting = tx`
    DELETE FROM onefold.segment_due
    WHERE ${isSelected(tx, tx`profile_id`, selection)} AND NOT profile_id = ANY(${ids}::uuid[])`
  const keeping = tx`
    INSERT INTO onefold.segment_due AS kept (profile_id, due_at)
    SELECT profile_id, to_timestamp(at / 1000.0)
    FROM unnest(${ids}::uuid[], ${spellArray(due.map(({ at }) => at))}::float8[]) AS given (profile_id, at)
    ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at WHERE kept.due_at <> excluded.due_at`
  // Sent together; statements wait until then.
  await Promise.all([forgetting, ...(due.length > 0 ? [keeping] : [])])
}

/** Whether time may have changed anybody's segments until `asOf`. */
export async function isAnybodyDue(tx: Tx, asOf: Date): Promise<boolean> {
  return (await tx`SELECT FROM onefold.segment_due WHERE due_at <= ${asOf} LIMIT 1`).length > 0
}

/** People whose segments time may have changed until `asOf`, the longest due first; others leave them alone meanwhile. */
export async function lockDue(tx: Tx, asOf: Date, most: number): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT profile_id FROM onefold.segment_due WHERE due_at <= ${asOf} ORDER BY due_at, profile_id LIMIT ${most}
    FOR UPDATE SKIP LOCKED`
  return rows.map((row) => row.profile_id)
}
