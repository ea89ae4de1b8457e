import type { Tx } from '../open-store.ts'
import type { Decision } from './decision.ts'
import { isLive, selectDecisions } from './select-decisions.ts'

/** A decision in its history. */
export interface ListedDecision extends Decision {
  /** Whether nothing has replaced it. */
  readonly isLive: boolean
}

/** The decisions of one act, or those in which one record takes part, or all; the newest first. */
export async function findDecisions(
  tx: Tx,
  { actId, recordId, limit }: { readonly actId?: string; readonly recordId?: string; readonly limit: number },
): Promise<ListedDecision[]> {
  const wanted =
    actId !== undefined
      ? tx`act_id = ${actId}`
      : recordId !== undefined
        ? tx`(record_a = ${recordId} OR record_b = ${recordId})`
        : tx`true`
  return tx<ListedDecision[]>`
    SELECT listed.*, ${isLive(tx)} AS "isLive"
    FROM (${selectDecisions(tx)} WHERE ${wanted} ORDER BY decision_no DESC LIMIT ${limit}) AS listed
    JOIN onefold.decisions AS decision ON decision.decision_no = listed."decisionNo"
    ORDER BY listed."decisionNo" DESC`
}
