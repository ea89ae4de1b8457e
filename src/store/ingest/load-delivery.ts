import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'

/** A file handed in. `reading` says how it is read; whoever reads knows its shape. */
export interface Delivery<Reading = unknown> {
  readonly deliveryId: string
  readonly source: string
  readonly sealedPath: Buffer
  readonly reading: Reading
}

/** One delivery. Throws `delivery.not_found`. */
export async function loadDelivery<Reading>(tx: Tx, deliveryId: string): Promise<Delivery<Reading>> {
  const [delivery] = await tx<Delivery<Reading>[]>`
    SELECT delivery_id AS "deliveryId", source, sealed_path AS "sealedPath", reading
    FROM onefold.deliveries WHERE delivery_id = ${deliveryId}`
  if (delivery === undefined) {
    throw new OnefoldError('not_found', 'delivery.not_found', `There is no delivery ${deliveryId}.`, {
      details: { deliveryId },
    })
  }
  return delivery
}
