import type { Tx } from '../open-store.ts'

/**
 * Whether the ledger knows of the source nothing but what this delivery brought, as it came: there is no other delivery,
 * and no row of the source has been repaired. Deliveries are never deleted.
 */
export async function isFirstDelivery(tx: Tx, source: string, deliveryId: string): Promise<boolean> {
  const [row] = await tx<{ first: boolean }[]>`
    SELECT NOT EXISTS (
      SELECT FROM onefold.deliveries WHERE source = ${source} AND delivery_id <> ${deliveryId}
    ) AND NOT EXISTS (
      SELECT FROM onefold.quarantine WHERE source = ${source} AND outcome IN ('accepted', 'duplicate')
    ) AS first`
  return row?.first === true
}
