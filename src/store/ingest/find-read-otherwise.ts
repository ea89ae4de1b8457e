import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * Which of these fingerprints the ledger accepted from deliveries of the source that were read otherwise: as another
 * kind, or with other columns as the record's key. Such rows were named otherwise, so that nothing but their content
 * tells that they are here. Empty, without a search, when all deliveries were read as `delivery` was.
 */
export async function findReadOtherwise(
  tx: Tx,
  delivery: { readonly deliveryId: string; readonly source: string },
  fingerprints: string,
): Promise<string[]> {
  const others = await tx<{ id: string }[]>`
    SELECT other.delivery_id AS id
    FROM onefold.deliveries AS this JOIN onefold.deliveries AS other USING (source)
    WHERE this.delivery_id = ${delivery.deliveryId} AND other.delivery_id <> this.delivery_id
      AND (other.reading ->> 'kind' <> this.reading ->> 'kind'
        OR jsonb_path_query_array(other.reading, '$.columns.keyvalue() ? (@.value == "record_key").key')
          <> jsonb_path_query_array(this.reading, '$.columns.keyvalue() ? (@.value == "record_key").key'))`
  if (others.length === 0) return []
  const rows = await tx<{ fingerprint: string }[]>`
    SELECT fingerprint FROM onefold.raw_records
    WHERE delivery_id = ANY(${spellArray(others.map(({ id }) => id))}::uuid[]) AND outcome = 'accepted'
      AND fingerprint = ANY(${fingerprints}::uuid[])`
  return rows.map((row) => row.fingerprint)
}
