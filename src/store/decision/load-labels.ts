import type { Tx } from '../open-store.ts'
import { isLive } from './select-decisions.ts'

/** What a person holds to be so of two records, as a lesson. */
export interface Label {
  readonly a: string
  readonly b: string
  readonly isSame: boolean
  readonly decidedAt: Date
  /** Pairs that were decided by the same act: a split says one thing about many. */
  readonly pairsOfAct: number
}

/** All that people hold about pairs now, taken up by a run or not, by pair. */
export async function loadLabels(tx: Tx): Promise<Label[]> {
  return tx<Label[]>`
    SELECT record_a AS a, record_b AS b, verdict = 'same' AS "isSame", decided_at AS "decidedAt",
      count(*) OVER (PARTITION BY act_id) AS "pairsOfAct"
    FROM onefold.decisions AS decision WHERE verdict IN ('same', 'different') AND ${isLive(tx)}
    ORDER BY record_a, record_b`
}
