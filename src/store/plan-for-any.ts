import type { Tx } from './open-store.ts'

/**
 * Lets the statements of this transaction run by plans that are made once a connection, whatever is asked for. Made
 * anew each time, as the server does for many of them, they cost a pass of some hundred short statements more than
 * running them (PostgreSQL 18, 2026). For statements whose every plan should go by index.
 */
export async function planForAny(tx: Tx): Promise<void> {
  await tx`SET LOCAL plan_cache_mode = force_generic_plan`
}
