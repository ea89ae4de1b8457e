import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'

/** Remembers with a delivery how its file was found to be written, so that one row can be read again without it. */
export async function saveFormat(
  tx: Tx,
  deliveryId: string,
  format: Readonly<Record<string, JSONValue>>,
): Promise<void> {
  await tx`
    UPDATE onefold.deliveries SET reading = jsonb_set(reading, '{format}', ${tx.json(format)})
    WHERE delivery_id = ${deliveryId}`
}
