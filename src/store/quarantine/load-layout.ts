import type { Tx } from '../open-store.ts'
import { type Delivery, loadDelivery } from '../ingest/load-delivery.ts'

/** A delivery and the columns it was found to have; none before its first batch. Throws `delivery.not_found`. */
export async function loadLayout<Reading>(
  tx: Tx,
  deliveryId: string,
): Promise<Delivery<Reading> & { readonly columns: readonly string[] }> {
  const delivery = await loadDelivery<Reading>(tx, deliveryId)
  // The columns of a delivery that is still being read are with its chunk.
  const [row] = await tx<{ columns: string[] | null }[]>`
    SELECT coalesce(
      nullif(delivery.columns, '{}'),
      ARRAY(SELECT jsonb_array_elements_text(chunk.checkpoint -> 'columns'))) AS columns
    FROM onefold.deliveries AS delivery
    LEFT JOIN onefold.chunks AS chunk ON chunk.run_id = delivery.run_id AND chunk.stage = 'ingest'
      AND chunk.reference ->> 'deliveryId' = delivery.delivery_id::text
    WHERE delivery.delivery_id = ${deliveryId} LIMIT 1`
  return { ...delivery, columns: row?.columns ?? [] }
}
