import type { Tx } from '../open-store.ts'

/** Makes an open-ended delivery as long as it is now, complete so far and just received. */
export async function extendDelivery(
  tx: Tx,
  deliveryId: string,
  { bytes, columns }: { readonly bytes: number; readonly columns: readonly string[] },
): Promise<void> {
  await tx`
    UPDATE onefold.deliveries SET bytes = ${bytes}, columns = ${[...columns]}::text[],
      received_at = clock_timestamp(), completed_at = clock_timestamp()
    WHERE delivery_id = ${deliveryId}`
}
