import { sql } from 'drizzle-orm'
import { check, index, primaryKey, real, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Pairs a person should look at: doubtful scores, and merges that protection rules refused. */
export const reviews = onefold.table(
  'reviews',
  {
    recordA: uuid('record_a').notNull(),
    recordB: uuid('record_b').notNull(),
    reason: text('reason').notNull(),
    weightBits: real('weight_bits').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'reviews_pkey', columns: [t.recordA, t.recordB] }),
    index('reviews_by_b').on(t.recordB),
    check(
      'reviews_reason_known',
      sql`${t.reason} in ('score', 'identifier_limit', 'never_link', 'cohesion', 'protection')`,
    ),
  ],
)
