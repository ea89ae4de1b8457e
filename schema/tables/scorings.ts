import { bigint, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What a run scored buyers by, and as of when: cut points of recency, frequency and money, models of what they will do. */
export const scorings = onefold.table('scorings', {
  runId: uuid('run_id').primaryKey(),
  asOf: timestamp('as_of', { withTimezone: true }).notNull(),
  method: text('method').notNull(),
  cutPoints: jsonb('cut_points').notNull(),
  scored: bigint('scored', { mode: 'number' }).notNull(),
  /** The models of what buyers will do, as fitted, with their error on what was kept apart; null with too few who came back. */
  lifetime: jsonb('lifetime'),
  /** Features, weights and explained share of the composite index; null when none is declared. */
  compositeIndex: jsonb('composite_index'),
  /** As of when each of these was learnt. */
  thresholdsAsOf: timestamp('thresholds_as_of', { withTimezone: true }),
  modelAsOf: timestamp('model_as_of', { withTimezone: true }),
  indexAsOf: timestamp('index_as_of', { withTimezone: true }),
})
