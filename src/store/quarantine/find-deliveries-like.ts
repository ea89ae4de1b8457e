import type { Tx } from '../open-store.ts'

/** Deliveries with held or once held rows whose id begins or ends so; at most two, which is one too many. */
export async function findDeliveriesLike(tx: Tx, part: string): Promise<string[]> {
  const rows = await tx<{ deliveryId: string }[]>`
    SELECT DISTINCT delivery_id AS "deliveryId" FROM onefold.quarantine
    WHERE starts_with(delivery_id::text, ${part}) OR right(delivery_id::text, ${part.length}) = ${part}
    ORDER BY 1 LIMIT 2`
  return rows.map((row) => row.deliveryId)
}
