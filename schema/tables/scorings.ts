import { bigint, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** The cut points with which a run scored recency, frequency and monetary value, and as of when. */
export const scorings = onefold.table('scorings', {
  runId: uuid('run_id').primaryKey(),
  asOf: timestamp('as_of', { withTimezone: true }).notNull(),
  method: text('method').notNull(),
  cutPoints: jsonb('cut_points').notNull(),
  scored: bigint('scored', { mode: 'number' }).notNull(),
})
