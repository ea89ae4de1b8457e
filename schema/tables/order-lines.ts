import { sql } from 'drizzle-orm'
import { doublePrecision, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * What each person ordered: lines that shops delivered, and orders that events say are completed. An order counts once,
 * however often it was told: its lines outdo events, and of events the first tells what it came to.
 */
export const orderLines = onefold
  .view('order_lines', {
    profileId: uuid('profile_id').notNull(),
    orderKey: uuid('order_key').notNull(),
    eventId: uuid('event_id').notNull(),
    occurredAt: timestamp('occurred_at', { withTimezone: true }).notNull(),
    amount: doublePrecision('amount'),
  })
  .as(
    sql`SELECT member.profile_id, coalesce(line.order_key, line.event_id) AS order_key, line.event_id, line.occurred_at, line.amount
    FROM onefold.profile_members AS member JOIN onefold.ordered_lines AS line ON line.actor_id = member.record_id
    WHERE line.is_line OR NOT EXISTS (
      SELECT FROM onefold.profile_members AS own JOIN onefold.ordered_lines AS other ON other.actor_id = own.record_id
      WHERE own.profile_id = member.profile_id AND other.order_key = line.order_key
        AND (other.is_line OR (other.occurred_at, other.event_id) < (line.occurred_at, line.event_id)))`,
  )
