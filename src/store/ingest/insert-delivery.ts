import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import type { Delivery } from './load-delivery.ts'

/** Remembers that a file was handed in; with its size and mark at that time. */
export async function insertDelivery(
  tx: Tx,
  runId: string,
  delivery: Delivery & { readonly naming: string },
  file: { readonly mark: string; readonly bytes: number },
): Promise<void> {
  await tx`
    INSERT INTO onefold.deliveries (delivery_id, run_id, source, sealed_path, mark, bytes, reading, naming, received_at)
    VALUES (${delivery.deliveryId}, ${runId}, ${delivery.source}, ${delivery.sealedPath}, ${file.mark}, ${file.bytes},
            ${tx.json(delivery.reading as JSONValue)}, ${delivery.naming}, clock_timestamp())`
}
