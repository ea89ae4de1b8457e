import type { Tx } from '../open-store.ts'

/** A blocking key that two records share. */
export interface SharedKey {
  /** Number of the rule in the order of the rules. */
  readonly rule: number
  /** Records that have the key. */
  readonly records: number
  /** Whether the pair is a candidate by it: by the key itself, or by a narrower one when too many records have it. */
  readonly isUsed: boolean
}

/** The blocking keys that two records share, in the order of the rules. A key of more than `maxBlock` records is used narrowed. */
export async function findSharedKeys(tx: Tx, a: string, b: string, maxBlock: number): Promise<SharedKey[]> {
  return tx<SharedKey[]>`
    WITH shared AS (
      SELECT one.rule, one.key,
        ARRAY(SELECT unnest(one.refined) INTERSECT SELECT unnest(other.refined)) AS finer,
        (SELECT count(*) FROM onefold.blocking_keys AS fellow WHERE fellow.key = one.key) AS records
      FROM onefold.blocking_keys AS one JOIN onefold.blocking_keys AS other USING (key)
      WHERE one.record_id = ${a} AND other.record_id = ${b}
    )
    SELECT rule, records, records <= ${maxBlock} OR EXISTS (
      SELECT FROM unnest(finer) AS narrow WHERE (
        SELECT count(*) FROM onefold.blocking_keys AS fellow
        WHERE fellow.key = shared.key AND narrow = ANY(fellow.refined)
      ) <= ${maxBlock}
    ) AS "isUsed"
    FROM shared ORDER BY rule, records`
}
