import { bigint, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { onefold, xid8 } from './schemas.ts'

/** Changes that a receiver refused for good, until they are sent again. */
export const webhookDeadLetters = onefold.table(
  'webhook_dead_letters',
  {
    webhook: text('webhook').notNull(),
    xact: xid8('xact').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    code: text('code').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'webhook_dead_letters_pkey', columns: [t.webhook, t.seq] })],
)
