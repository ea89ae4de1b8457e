import { OnefoldError } from '../../errors.ts'
import type { SourceSettings } from '../../config/settings.ts'
import type { Tx } from '../open-store.ts'

/** How a delivery is to be read, fixed when it was handed in: a later change of settings concerns later deliveries. */
export interface Reading extends SourceSettings {
  readonly region: string
  readonly zone: string
  /** ISO 8601; dates after it are in the future. */
  readonly asOf: string
  readonly declaredEvents: readonly string[]
}

export interface Delivery {
  readonly deliveryId: string
  readonly source: string
  readonly sealedPath: Buffer
  readonly reading: Reading
}

/** One delivery. Throws `delivery.not_found`. */
export async function loadDelivery(tx: Tx, deliveryId: string): Promise<Delivery> {
  const [delivery] = await tx<Delivery[]>`
    SELECT delivery_id AS "deliveryId", source, sealed_path AS "sealedPath", reading
    FROM onefold.deliveries WHERE delivery_id = ${deliveryId}`
  if (delivery === undefined) {
    throw new OnefoldError('not_found', 'delivery.not_found', `There is no delivery ${deliveryId}.`, { details: { deliveryId } })
  }
  return delivery
}
