import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/**
 * Which of these fingerprints the ledger accepted from deliveries of the source that were read otherwise: as another
 * kind, or with other columns as the record's key. Such rows were named otherwise, so that nothing but their content
 * tells that they are here. Empty, without a search, when all deliveries were read as `delivery` was.
 */
export async function findReadOtherwise(
  tx: Tx,
  delivery: { readonly deliveryId: string },
  fingerprints: () => string,
): Promise<string[]> {
  // Two ranges of an index instead of one inequality: a source may have many thousands of deliveries of one naming.
  const others = await tx<{ id: string }[]>`
    SELECT other.delivery_id AS id FROM onefold.deliveries AS this JOIN onefold.deliveries AS other USING (source)
    WHERE this.delivery_id = ${delivery.deliveryId} AND other.naming < this.naming
    UNION ALL
    SELECT other.delivery_id FROM onefold.deliveries AS this JOIN onefold.deliveries AS other USING (source)
    WHERE this.delivery_id = ${delivery.deliveryId} AND other.naming > this.naming`
  if (others.length === 0) return []
  const rows = await tx<{ fingerprint: string }[]>`
    SELECT fingerprint FROM onefold.raw_records
    WHERE delivery_id = ANY(${spellArray(others.map(({ id }) => id))}::uuid[]) AND outcome = 'accepted'
      AND fingerprint = ANY(${fingerprints()}::uuid[])`
  return rows.map((row) => row.fingerprint)
}
