import { copyIn } from '../copy-in.ts'
import { openCopyWriter } from '../copy-writer.ts'
import type { Tx } from '../open-store.ts'
import { packUuids } from '../uuid-column.ts'
import type { EventRow } from './ledger-batch.ts'

/**
 * Appends events that the ledger accepted, and makes the months they fall into. The caller holds their source's lock
 * and has found none of them.
 */
export async function appendEvents(tx: Tx, source: string, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return
  const months = [...new Set(events.map(({ occurredAtMs }) => startMonth(occurredAtMs)))].toSorted((a, b) => a - b)
  const days = months.map((ms) => new Date(ms).toISOString().slice(0, 'yyyy-mm-dd'.length))
  await tx`SELECT onefold.ensure_event_month(month) FROM unnest(${days}::date[]) AS month`
  await copyIn(tx, tx`onefold.event_ids (event_id)`, encodeIds(events))
  await copyIn(
    tx,
    tx`onefold.events
      (event_id, occurred_at, actor_id, source, kind, name, order_key, quantity, amount, currency)`,
    encodeEvents(source, events),
  )
}

/** Milliseconds since 1970 of the first instant of the month, UTC. */
function startMonth(ms: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** Sorted, so that their index is met page by page. */
function encodeIds(events: readonly EventRow[]): Uint8Array {
  const ids = packUuids(events.map((event) => event.eventId).toSorted())
  const writer = openCopyWriter()
  for (let index = 0; index < events.length; index++) {
    writer.row(1)
    writer.uuid(ids, index)
  }
  return writer.finish()
}

function encodeEvents(source: string, events: readonly EventRow[]): Uint8Array {
  const [ids, actors, orders] = [
    packUuids(events.map((event) => event.eventId)),
    packUuids(events.map((event) => event.actorId)),
    packUuids(events.map((event) => event.orderKey ?? event.actorId)),
  ]
  const sourceBytes = Buffer.from(source, 'utf8')
  const writer = openCopyWriter()
  for (const [index, event] of events.entries()) {
    const { occurredAtMs, kind, name, orderKey, quantity, amount, currency } = event
    writer.row(10)
    writer.uuid(ids, index)
    writer.timestamp(occurredAtMs)
    writer.uuid(actors, index)
    writer.bytes(sourceBytes)
    writer.text(kind)
    if (name === null) writer.absent()
    else writer.text(name)
    if (orderKey === null) writer.absent()
    else writer.uuid(orders, index)
    if (quantity === null) writer.absent()
    else writer.double(quantity)
    if (amount === null) writer.absent()
    else writer.double(amount)
    if (currency === null) writer.absent()
    else writer.text(currency)
  }
  return writer.finish()
}
