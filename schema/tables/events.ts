import { boolean, doublePrecision, index, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * Something that happened to an actor. Partitioned by month of `occurred_at`. Rows keep their original actor for
 * ever, so undoing a merge loses nothing. The received bytes are in the ledger row with the same fingerprint. That each
 * event is here once is what `event_ids` is for.
 */
export const events = onefold.table(
  'events',
  {
    eventId: uuid('event_id').notNull(),
    occurredAt: timestamp('occurred_at', { withTimezone: true, precision: 3 }).notNull(),
    actorId: uuid('actor_id').notNull(),
    source: text('source').notNull(),
    /** `page`, `track`, `order_line`, …; unknown kinds are kept and flagged. */
    kind: text('kind').notNull(),
    /** The declared event name, nothing free. */
    name: text('name'),
    /** Sent by a program that nobody looks through; left out of behaviour. */
    bot: boolean('bot').notNull().default(false),
    /** Keyed hash of the campaign that brought the visitor. */
    campaign: uuid('campaign'),
    /** Keyed hash of the order of a line, or of the order that an event says is completed. */
    orderKey: uuid('order_key'),
    quantity: doublePrecision('quantity'),
    /** Money in `currency`. */
    amount: doublePrecision('amount'),
    currency: text('currency'),
    /** What else it tells: declared values, numbers and truths as they are, any other text as a keyed hash. */
    properties: jsonb('properties'),
  },
  (t) => [index('events_by_actor').on(t.actorId, t.occurredAt)],
)
