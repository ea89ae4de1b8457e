import { OnefoldError } from '../../errors.ts'
import type { DecisionVerdict } from '../../store/decision/decision.ts'
import { findForbiddingDecisions } from '../../store/decision/find-forbidding-decisions.ts'
import { findProtections } from '../../store/decision/find-protections.ts'
import { findProfilesOfRecords } from '../../store/identity/find-profile.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { nameDecidablePair } from './name-decidable.ts'
import { planDecisions } from './plan-decisions.ts'
import { type Decided, type Deciding, saveDecisions } from './save-decisions.ts'

export interface PairDecision extends Deciding {
  readonly left: string
  readonly right: string
  readonly verdict: Exclude<DecisionVerdict, 'withdrawn'>
  /** Put it in the place of an opposite decision about the pair. */
  readonly replace?: boolean
}

/**
 * Keeps what a person says of two records [C8]: one person, two, or that it cannot be told, which takes the pair out of
 * the queue. It outranks every score from the next run on, until another decision replaces it (P14). Saying the same
 * twice changes nothing. Throws `decision.exists`, `decision.raced`, and `decision.forbidden` when the two are to be
 * one, but other records of their profiles are kept apart by a person.
 */
export async function decidePair(context: Context, decision: PairDecision): Promise<Decided> {
  return inTransaction(context.store.sql, async (tx) => {
    const pair = await nameDecidablePair(context, tx, decision.left, decision.right)
    if (decision.verdict === 'same') {
      const others = (await findForbiddingDecisions(tx, pair.a, pair.b)).filter(
        ({ a, b }) => a !== pair.a || b !== pair.b,
      )
      const [other] = others
      if (other !== undefined) {
        throw new OnefoldError('conflict', 'decision.forbidden', 'A person keeps records of these profiles apart.', {
          details: { a: `rec_${other.a}`, b: `rec_${other.b}`, by: other.decidedBy, decisions: others.length },
          hint: `Take that back first: \`onefold review undo ${other.actId}\`.`,
        })
      }
    }
    const founders = decision.verdict === 'same' ? await findProtectedFounders(tx, pair) : []
    const planned = await planDecisions(tx, [pair, ...founders], decision.verdict, decision.replace ?? false)
    return saveDecisions(context, tx, decision, planned)
  })
}

/** Two protected profiles are joined by a word about the records that name them: one about others would not hold. */
async function findProtectedFounders(
  tx: Tx,
  { a, b }: { readonly a: string; readonly b: string },
): Promise<{ readonly a: string; readonly b: string }[]> {
  const profiles = await findProfilesOfRecords(tx, [a, b])
  const guarded = new Set(await findProtections(tx))
  const [one, other] = [profiles.get(a) ?? a, profiles.get(b) ?? b].sort()
  const isNamed = (one === a && other === b) || one === other
  if (one === undefined || other === undefined || isNamed || !guarded.has(one) || !guarded.has(other)) return []
  return [{ a: one, b: other }]
}
