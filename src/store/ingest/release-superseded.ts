import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * Rows held for repair whose content has now been accepted from a newer delivery (the mapping was corrected, say)
 * need no repair any more: they become duplicates of the accepted ones. Returns how many.
 */
export async function releaseSuperseded(tx: Tx, source: string, accepted: readonly string[]): Promise<number> {
  const released = await tx`
    WITH released AS (
      UPDATE onefold.quarantine SET state = 'replayed', replayed_at = now()
      WHERE source = ${source} AND state <> 'replayed' AND fingerprint = ANY(${spellArray(accepted)}::uuid[])
      RETURNING delivery_id, row_no
    )
    UPDATE onefold.raw_records AS raw SET outcome = 'duplicate' FROM released
    WHERE raw.delivery_id = released.delivery_id AND raw.row_no = released.row_no AND raw.outcome = 'quarantined'
    RETURNING 1`
  return released.length
}
