import { bigint, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What scores go by until it is learnt anew, as learnt by a run; only appended to. The newest of a kind is in force. */
export const fits = onefold.table(
  'fits',
  {
    /** `lifetime`, `composite_index` or `thresholds`. */
    kind: text('kind').notNull(),
    runId: uuid('run_id').notNull(),
    asOf: timestamp('as_of', { withTimezone: true }).notNull(),
    /** It is learnt anew when these are others. */
    settings: jsonb('settings').notNull(),
    /** How many it was learnt from, and the first of them by profile id: who came and went is told by them. */
    people: bigint('people', { mode: 'number' }).notNull(),
    sample: uuid('sample').array().notNull(),
    /** What was known of all of them: purchases they made on different days. */
    facts: bigint('facts', { mode: 'number' }).notNull().default(0),
    fitted: jsonb('fitted').notNull(),
  },
  (t) => [primaryKey({ name: 'fits_pkey', columns: [t.kind, t.runId] })],
)
