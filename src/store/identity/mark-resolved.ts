import type { Tx } from '../open-store.ts'

/**
 * The compared records are in their profiles now. One that changed meanwhile is new again and stays so, and one that
 * was drawn in as a neighbour and has become due meanwhile stays due.
 */
export async function markResolved(tx: Tx): Promise<void> {
  await tx`
    UPDATE onefold.records SET resolution = 'resolved'
    WHERE resolution = 'compared' AND record_id IN (SELECT record_id FROM reach WHERE step = 0)`
}
