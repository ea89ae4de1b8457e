import type { Tx } from './open-store.ts'

/**
 * Has the statements of this transaction planned for what they are given, each time, until `planForAny` says otherwise. For
 * statements that find few rows or nearly all: no one plan is good for both, and statistics tell which it is.
 */
export async function planForGiven(tx: Tx): Promise<void> {
  await tx`SET LOCAL plan_cache_mode = force_custom_plan`
}
