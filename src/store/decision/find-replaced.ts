import type { Tx } from '../open-store.ts'
import type { Decision, DecisionVerdict } from './decision.ts'

/** What was said by the decisions that these replace, by number. */
export async function findReplaced(tx: Tx, decisions: readonly Decision[]): Promise<Map<number, DecisionVerdict>> {
  const rows = await tx<{ no: number; verdict: DecisionVerdict }[]>`
    SELECT decision_no AS no, verdict FROM onefold.decisions
    WHERE decision_no = ANY(${decisions.map(({ supersedes }) => String(supersedes))}::bigint[])`
  return new Map(rows.map(({ no, verdict }) => [no, verdict]))
}
