import { OnefoldError } from '../../errors.ts'
import { findDecisions } from '../../store/decision/find-decisions.ts'
import { findReplaced } from '../../store/decision/find-replaced.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { type Decided, type Deciding, saveDecisions } from './save-decisions.ts'

/** More than any act has. */
const ALL = 10_000

/**
 * Takes back what was decided at once, all of it that still holds: each pair is as it was said to be before, or as if
 * nobody had said anything. A later decision itself: nothing is deleted. Throws `decision.not_found`, and
 * `decision.superseded` (conflict) when something was decided since about every pair.
 */
export async function undoAct(context: Context, actId: string, deciding: Deciding): Promise<Decided> {
  return inTransaction(context.store.sql, async (tx) => {
    const decisions = await findDecisions(tx, { actId, limit: ALL })
    if (decisions.length === 0) {
      throw new OnefoldError('not_found', 'decision.not_found', 'Nothing was decided under this id.', {
        hint: '`onefold review decisions` lists what was, with its ids.',
      })
    }
    const live = decisions.filter(({ isLive }) => isLive)
    if (live.length === 0) {
      throw new OnefoldError('conflict', 'decision.superseded', 'Something else was decided since.', {
        details: { pairs: decisions.length },
        hint: '`onefold review decisions` shows what holds now; undo that.',
      })
    }
    const before = await findReplaced(tx, live)
    return saveDecisions(
      context,
      tx,
      deciding,
      live.map(({ a, b, decisionNo, supersedes }) => ({
        a,
        b,
        verdict: before.get(supersedes) ?? 'withdrawn',
        supersedes: decisionNo,
      })),
    )
  })
}
