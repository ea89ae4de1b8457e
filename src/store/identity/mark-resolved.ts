import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * Those of the records that are compared are in their profiles now. One that changed meanwhile is new again and stays so.
 * What they say may be new even where nobody moved, so their profiles are composed again.
 */
export async function markResolved(tx: Tx, recordIds: readonly string[]): Promise<void> {
  await tx`
    WITH resolved AS (
      UPDATE onefold.records SET resolution = 'resolved'
      WHERE resolution = 'compared' AND record_id = ANY(${spellArray(recordIds)}::uuid[]) RETURNING record_id
    )
    UPDATE onefold.profiles SET stale = true
    WHERE NOT stale AND dissolved_at IS NULL AND profile_id IN (
      SELECT profile_id FROM onefold.profile_members JOIN resolved USING (record_id))`
}
