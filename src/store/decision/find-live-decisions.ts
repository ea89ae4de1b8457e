import type { Tx } from '../open-store.ts'
import type { Decision } from './decision.ts'
import { isLive, selectDecisions } from './select-decisions.ts'

/** The decisions that hold for these pairs (`a < b`), taken up or not, `withdrawn` ones included: each pair once at most. */
export async function findLiveDecisions(
  tx: Tx,
  pairs: readonly { readonly a: string; readonly b: string }[],
): Promise<Decision[]> {
  return tx<Decision[]>`
    ${selectDecisions(tx)}
    JOIN unnest(${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[]) AS given (a, b)
      ON decision.record_a = given.a AND decision.record_b = given.b
    WHERE ${isLive(tx)} ORDER BY record_a, record_b`
}
