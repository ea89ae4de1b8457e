import { bigint, index, jsonb, text, timestamp } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** The change feed: what happened, to which ids, in commit order. */
export const outbox = onefold.table(
  'outbox',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'outbox_seq' }),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    payload: jsonb('payload').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (t) => [index('outbox_by_subject').on(t.subject)],
)
