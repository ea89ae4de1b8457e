import type { SqlFragment, Tx } from '../open-store.ts'

/**
 * For records, spelled as an array, lets the next clustering begin also at whoever was judged to match them, or to do so
 * perhaps: what is judged of these is about to be forgotten, and with it the way to those, who may have been grouped by
 * way of them. Comparing begins with `recompareUnclustered`, so that they meet what is new. Locked in the order of ids, as
 * everywhere.
 */
export function touchNeighbours(tx: Tx, ids: string): SqlFragment {
  return tx`
    UPDATE onefold.records SET resolution = 'compared' WHERE record_id IN (
      SELECT record_id FROM onefold.records WHERE resolution = 'resolved' AND record_id IN (
        SELECT record_b FROM onefold.judgements WHERE record_a = ANY(${ids}::uuid[]) AND verdict <> 'distinct'
        UNION
        SELECT record_a FROM onefold.judgements WHERE record_b = ANY(${ids}::uuid[]) AND verdict <> 'distinct'
      ) ORDER BY record_id FOR NO KEY UPDATE)`
}
