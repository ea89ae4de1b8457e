import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, text, timestamp } from 'drizzle-orm/pg-core'
import { onefold, xid8 } from './schemas.ts'

/** The change feed: what happened, to which ids, in the order of `(xact, seq)`. */
export const outbox = onefold.table(
  'outbox',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'outbox_seq' }),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    payload: jsonb('payload').notNull(),
    /** The transaction that made it: sequences do not follow commits. */
    xact: xid8('xact')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (t) => [index('outbox_by_subject').on(t.subject), index('outbox_by_commit').on(t.xact, t.seq)],
)
