import { boolean, doublePrecision, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * What events say was ordered, beside the events themselves: who bought what is asked of everybody and over all time, and to
 * look for it in every month there is takes ten times as long. A trigger of `events` keeps it, so that it has whatever
 * they have, whoever wrote them.
 */
export const orderedLines = onefold.table(
  'ordered_lines',
  {
    actorId: uuid('actor_id').notNull(),
    eventId: uuid('event_id').notNull(),
    occurredAt: timestamp('occurred_at', { withTimezone: true, precision: 3 }).notNull(),
    /** Null of a line that names no order. */
    orderKey: uuid('order_key'),
    /** Delivered by a shop; else an event says that an order is completed. */
    isLine: boolean('is_line').notNull(),
    amount: doublePrecision('amount'),
  },
  (t) => [primaryKey({ name: 'ordered_lines_pkey', columns: [t.actorId, t.eventId] })],
)
