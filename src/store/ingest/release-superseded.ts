import type { Tx } from '../open-store.ts'
import { spellUuids } from '../uuid-column.ts'

/**
 * Rows held for repair whose content has now been accepted from a newer delivery (the mapping was corrected, say)
 * need no repair any more: they become duplicates of the accepted ones. A fingerprint is
 * of one source only. Returns how many.
 */
export async function releaseSuperseded(tx: Tx, accepted: Uint8Array): Promise<number> {
  const released = await tx`
    UPDATE onefold.quarantine SET state = 'replayed', outcome = 'duplicate', replayed_at = now()
    WHERE state <> 'replayed' AND fingerprint = ANY(${spellUuids(accepted)}::uuid[])
    RETURNING 1`
  return released.length
}
