import type { Tx } from '../open-store.ts'
import type { EventRow } from './ledger-batch.ts'

/** Appends events that the ledger accepted, and makes the months they fall into. */
export async function appendEvents(tx: Tx, source: string, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return
  const months = [...new Set(events.map((event) => new Date(event.occurredAtMs).toISOString().slice(0, 7)))].toSorted()
  for (const month of months) await tx`SELECT onefold.ensure_event_month(${`${month}-01`}::date)`
  await tx`
    INSERT INTO onefold.events
      (event_id, occurred_at, actor_id, source, kind, name, order_key, quantity, amount, currency)
    SELECT event_id, to_timestamp(occurred_at_ms / 1000.0), actor_id, ${source}, kind, name, order_key,
           quantity, amount, currency
    FROM unnest(
      ${events.map((event) => event.eventId)}::uuid[], ${events.map((event) => event.occurredAtMs)}::float8[],
      ${events.map((event) => event.actorId)}::uuid[], ${events.map((event) => event.kind)}::text[],
      ${events.map((event) => event.name)}::text[], ${events.map((event) => event.orderKey)}::uuid[],
      ${events.map((event) => event.quantity)}::float8[], ${events.map((event) => event.amount)}::float8[],
      ${events.map((event) => event.currency)}::text[]
    ) AS given (event_id, occurred_at_ms, actor_id, kind, name, order_key, quantity, amount, currency)`
}
