import type { Tx } from '../open-store.ts'

/** Whether the source has handed in nothing but this delivery. Deliveries are never deleted. */
export async function isOnlyDelivery(tx: Tx, source: string, deliveryId: string): Promise<boolean> {
  const [row] = await tx<{ only: boolean }[]>`
    SELECT count(*) = 0 AS only FROM (
      SELECT FROM onefold.deliveries WHERE source = ${source} AND delivery_id <> ${deliveryId} LIMIT 1
    ) AS other`
  return row?.only === true
}
