import type { Tx } from '../open-store.ts'

/**
 * Makes all compared records due again: those of a run which then failed, and neighbours that changed keys touched.
 * Whatever else is due meets those that are resolved, and of its own run those with a larger id. The caller is the
 * only one on the path and has compared nothing yet.
 */
export async function recompareUnclustered(tx: Tx): Promise<void> {
  await tx`UPDATE onefold.records SET resolution = 'keyed' WHERE resolution = 'compared'`
}
