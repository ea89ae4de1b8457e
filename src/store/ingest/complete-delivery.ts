import type { Tx } from '../open-store.ts'

/** Marks a delivery as read to its end. What only served to tell its repeats apart is dropped. */
export async function completeDelivery(
  tx: Tx,
  deliveryId: string,
  columns: readonly string[],
  notices: readonly { readonly code: string; readonly detail: string }[],
): Promise<void> {
  await tx`
    WITH told_apart AS (DELETE FROM onefold.repeat_counts WHERE delivery_id = ${deliveryId})
    UPDATE onefold.deliveries SET completed_at = clock_timestamp(), columns = ${[...columns]}::text[],
      notices = ${tx.json([...notices])}
    WHERE delivery_id = ${deliveryId}`
}
