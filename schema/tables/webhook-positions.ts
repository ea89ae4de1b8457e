import { bigint, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold, xid8 } from './schemas.ts'

/** How far a webhook has come in the change feed, and how its last message fared. */
export const webhookPositions = onefold.table('webhook_positions', {
  webhook: text('webhook').primaryKey(),
  /** The last change it was told. */
  xact: xid8('xact').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** Failed attempts at the next change. */
  attempts: integer('attempts').notNull().default(0),
  /** Not before this instant; null: at once. Infinity after the receiver said that it is gone. */
  nextAt: timestamp('next_at', { withTimezone: true }),
  /** What came of the last failed attempt: an HTTP status, `timeout` or `connection`. */
  lastCode: text('last_code'),
  lease: uuid('lease'),
  leasedUntil: timestamp('leased_until', { withTimezone: true }),
})
