import type { SqlFragment, Tx } from '../open-store.ts'

/** The columns of a `Decision`, from a table called `decision`. */
export function selectDecisions(tx: Tx): SqlFragment {
  return tx`
    SELECT decision_no AS "decisionNo", act_id AS "actId", record_a AS a, record_b AS b, verdict, supersedes,
           decided_by AS "decidedBy", decided_at AS "decidedAt", sealed_note AS "sealedNote",
           taken_up_at AS "takenUpAt"
    FROM onefold.decisions AS decision`
}

/** Whether nothing has replaced `decision` yet; with `takenUp`, nothing that runs have taken up. */
export function isLive(tx: Tx, takenUp = false): SqlFragment {
  return tx`NOT EXISTS (
    SELECT FROM onefold.decisions AS later
    WHERE later.record_a = decision.record_a AND later.record_b = decision.record_b
      AND later.supersedes = decision.decision_no ${takenUp ? tx`AND later.taken_up_at IS NOT NULL` : tx``})`
}
