import type { Tx } from './open-store.ts'

/**
 * Lets the statements of this transaction run by plans that are made once a connection, whatever is asked for, instead
 * of anew for many of them each time: a pass is some hundred short statements. Only for statements whose every plan
 * should go by index: the plan of a join whose size cannot be foreseen may read a whole table.
 */
export async function planForAny(tx: Tx): Promise<void> {
  await tx`SET LOCAL plan_cache_mode = force_generic_plan`
}
