import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { EventRow } from './ledger-batch.ts'

/** Appends events that the ledger accepted, and makes the months they fall into. */
export async function appendEvents(tx: Tx, source: string, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return
  const months = [...new Set(events.map((event) => new Date(event.occurredAtMs).toISOString().slice(0, 7)))].toSorted()
  await tx`SELECT onefold.ensure_event_month(month) FROM unnest(${months.map((month) => `${month}-01`)}::date[]) AS month`
  await tx`INSERT INTO onefold.event_ids (event_id)
    SELECT unnest(${spellArray(events.map((event) => event.eventId))}::uuid[]) AS event_id ORDER BY event_id`
  await tx`
    INSERT INTO onefold.events
      (event_id, occurred_at, actor_id, source, kind, name, order_key, quantity, amount, currency)
    SELECT event_id, to_timestamp(occurred_at_ms / 1000.0), actor_id, ${source}, kind, name, order_key,
           quantity, amount, currency
    FROM unnest(
      ${spellArray(events.map((event) => event.eventId))}::uuid[], ${spellArray(events.map((event) => event.occurredAtMs))}::float8[],
      ${spellArray(events.map((event) => event.actorId))}::uuid[], ${spellArray(events.map((event) => event.kind))}::text[],
      ${spellArray(events.map((event) => event.name))}::text[], ${spellArray(events.map((event) => event.orderKey))}::uuid[],
      ${spellArray(events.map((event) => event.quantity))}::float8[], ${spellArray(events.map((event) => event.amount))}::float8[],
      ${spellArray(events.map((event) => event.currency))}::text[]
    ) AS given (event_id, occurred_at_ms, actor_id, kind, name, order_key, quantity, amount, currency)`
}
