import type { Tx } from '../open-store.ts'
import type { SeqRange } from './plan-record-ranges.ts'

export interface CandidatePair {
  readonly a: string
  readonly b: string
}

/**
 * The pairs that a range of keyed records must be compared for, `a < b`, each once. A key with more than
 * `maxBlock` records is used only together with its narrower key. A pair of two records still to be compared
 * belongs to the range of its smaller id, so that no two chunks compare it. Of `resolved` records instead: all pairs
 * among them that runs would compare, were all of them new.
 */
export async function findCandidatePairs(
  tx: Tx,
  range: SeqRange,
  maxBlock: number,
  resolution: 'keyed' | 'resolved' = 'keyed',
): Promise<CandidatePair[]> {
  return tx<CandidatePair[]>`
    WITH mine AS MATERIALIZED (
      SELECT record_id FROM onefold.records
      WHERE resolution = ${resolution === 'keyed' ? tx`'keyed'` : tx`'resolved'`} AND seq >= ${range.from} AND seq < ${range.to}
    ), used AS MATERIALIZED (
      SELECT keys.key, keys.record_id, keys.refined FROM onefold.blocking_keys AS keys JOIN mine USING (record_id)
    ), sizes AS MATERIALIZED (
      SELECT key, count(*) AS size FROM onefold.blocking_keys
      WHERE key IN (SELECT key FROM used) GROUP BY key HAVING count(*) > 1
    ), narrow AS MATERIALIZED (
      SELECT keys.key, finer, keys.record_id FROM onefold.blocking_keys AS keys, unnest(keys.refined) AS finer
      WHERE keys.key IN (SELECT key FROM sizes WHERE size > ${maxBlock})
    ), narrow_sizes AS (
      SELECT key, finer FROM narrow GROUP BY key, finer HAVING count(*) BETWEEN 2 AND ${maxBlock}
    ), met AS (
      SELECT used.record_id AS mine, other.record_id AS other
      FROM used JOIN sizes ON sizes.key = used.key AND sizes.size <= ${maxBlock}
      JOIN onefold.blocking_keys AS other ON other.key = used.key
      UNION
      SELECT left_side.record_id, right_side.record_id
      FROM narrow_sizes JOIN narrow AS left_side USING (key, finer) JOIN narrow AS right_side USING (key, finer)
      WHERE left_side.record_id IN (SELECT record_id FROM mine)
    )
    SELECT DISTINCT least(mine, other) AS a, greatest(mine, other) AS b
    FROM met JOIN onefold.records AS partner ON partner.record_id = met.other
    WHERE mine <> other
      AND ${
        resolution === 'resolved'
          ? tx`partner.resolution = 'resolved' AND other > mine`
          : tx`(partner.resolution = 'resolved' OR (partner.resolution IN ('keyed', 'compared') AND other > mine))`
      }
    ORDER BY a, b`
}
