import { OnefoldError } from '../../errors.ts'
import type { DecisionVerdict } from '../../store/decision/decision.ts'
import { findLiveDecisions } from '../../store/decision/find-live-decisions.ts'
import type { NewDecision } from '../../store/decision/insert-decisions.ts'
import type { Tx } from '../../store/open-store.ts'

/**
 * What saying `verdict` of these pairs adds to what people have said before: nothing where they said the same. Throws
 * `decision.exists` (conflict) where somebody said the opposite, unless that is to be replaced (P13).
 */
export async function planDecisions(
  tx: Tx,
  pairs: readonly { readonly a: string; readonly b: string }[],
  verdict: DecisionVerdict,
  replace: boolean,
): Promise<NewDecision[]> {
  const live = new Map(
    (await findLiveDecisions(tx, pairs)).map((decision) => [`${decision.a} ${decision.b}`, decision]),
  )
  return pairs.flatMap(({ a, b }) => {
    const known = live.get(`${a} ${b}`)
    if (known === undefined) return [{ a, b, verdict, supersedes: 0 }]
    if (known.verdict === verdict) return []
    if (!replace && (known.verdict === 'same' || known.verdict === 'different')) {
      throw new OnefoldError('conflict', 'decision.exists', 'Somebody decided otherwise about these records.', {
        details: {
          a: `rec_${a}`,
          b: `rec_${b}`,
          decided: known.verdict,
          by: known.decidedBy,
          at: known.decidedAt.toISOString(),
        },
        hint: 'Talk to each other; then `--replace` puts your decision in its place.',
      })
    }
    return [{ a, b, verdict, supersedes: known.decisionNo }]
  })
}
