import type { Tx } from '../open-store.ts'

/** Forgets what was judged of these pairs, `a < b`. */
export async function forgetJudgements(
  tx: Tx,
  pairs: readonly { readonly a: string; readonly b: string }[],
): Promise<void> {
  if (pairs.length === 0) return
  await tx`
    DELETE FROM onefold.judgements AS judged
    USING unnest(${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[]) AS given (a, b)
    WHERE judged.record_a = given.a AND judged.record_b = given.b`
}
