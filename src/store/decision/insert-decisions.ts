import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'
import type { DecisionVerdict } from './decision.ts'

export interface NewDecision {
  readonly a: string
  readonly b: string
  readonly verdict: DecisionVerdict
  readonly supersedes: number
}

/**
 * Appends the decisions of one act, `a < b`. Each supersedes what its author saw: when somebody else has decided
 * meanwhile, nothing is written and `decision.raced` (conflict) is thrown (P13).
 */
export async function insertDecisions(
  tx: Tx,
  act: { readonly actId: string; readonly decidedBy: string; readonly sealedNote: Buffer | null },
  decisions: readonly NewDecision[],
): Promise<void> {
  const inserted = await tx`
    INSERT INTO onefold.decisions (act_id, record_a, record_b, verdict, supersedes, decided_by, sealed_note)
    SELECT ${act.actId}::uuid, a, b, verdict, supersedes, ${act.decidedBy}, ${act.sealedNote}::bytea FROM unnest(
      ${decisions.map(({ a }) => a)}::uuid[], ${decisions.map(({ b }) => b)}::uuid[],
      ${decisions.map(({ verdict }) => verdict)}::text[], ${decisions.map(({ supersedes }) => String(supersedes))}::bigint[]
    ) AS given (a, b, verdict, supersedes)
    ORDER BY a, b ON CONFLICT (record_a, record_b, supersedes) DO NOTHING RETURNING 1`
  if (inserted.length === decisions.length) return
  throw new OnefoldError('conflict', 'decision.raced', 'Somebody else has just decided about these records.', {
    details: { pairs: decisions.length, decided: decisions.length - inserted.length },
    hint: 'See `onefold review decisions`, then decide again if you see it otherwise.',
  })
}
