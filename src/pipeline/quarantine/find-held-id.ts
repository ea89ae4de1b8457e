import { OnefoldError } from '../../errors.ts'
import type { HeldRowId } from '../../store/quarantine/held-row.ts'
import { findDeliveriesLike } from '../../store/quarantine/find-deliveries-like.ts'
import type { Context } from '../context.ts'

/** Id of a delivery, or its beginning or end (4 characters at least), and the row's number. */
const HELD_ID = /^([0-9a-f][0-9a-f-]{3,35}):(\d{1,9})$/

/**
 * The held row that a person means by `<delivery>:<row>`, where any part that begins or ends the delivery's id will
 * do. Throws `quarantine.bad_id` (payload), `quarantine.not_found` and `quarantine.ambiguous`.
 */
export async function findHeldId(context: Context, text: string): Promise<HeldRowId> {
  const [, part, row] = HELD_ID.exec(text.trim().toLowerCase()) ?? []
  if (part === undefined || row === undefined) {
    throw new OnefoldError('payload', 'quarantine.bad_id', 'This is not the id of a held row.', {
      hint: 'Write DELIVERY:ROW as `onefold quarantine list` shows it.',
    })
  }
  const [deliveryId, another] = await findDeliveriesLike(context.store.sql, part)
  if (deliveryId === undefined) throw heldNotFound(text)
  if (another !== undefined) {
    throw new OnefoldError('conflict', 'quarantine.ambiguous', 'Several deliveries are called so.', {
      details: { delivery: part },
      hint: 'Write more of the delivery id.',
    })
  }
  return { deliveryId, rowNo: Number(row) }
}

export function heldNotFound(id: string): OnefoldError {
  return new OnefoldError('not_found', 'quarantine.not_found', 'No such row is held.', {
    details: { id },
    hint: '`onefold quarantine list` shows the rows that are held.',
  })
}
