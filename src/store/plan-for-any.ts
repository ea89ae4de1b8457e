import type { Tx } from './open-store.ts'

/**
 * Lets the statements of this transaction run by plans that are made once a connection, whatever is asked for, instead
 * of anew for many of them each time: a pass is some hundred short statements. Only for statements whose every plan
 * should go by index: a plan that is made while a table is small would read all of it, for as long as it is kept.
 */
export async function planForAny(tx: Tx): Promise<void> {
  await tx`
    SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`
}
