import { sql } from 'drizzle-orm'
import { check, index, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** One execution: an ingest of deliveries, or a walk through the stages of the main path. */
export const runs = onefold.table(
  'runs',
  {
    runId: uuid('run_id').primaryKey(),
    kind: text('kind').notNull(),
    source: text('source'),
    /** What was asked for: `asOf` for a walk through the stages. */
    params: jsonb('params').notNull().default({}),
    /** The stages still to do, first one first; empty when done. */
    stages: text('stages').array().notNull(),
    state: text('state').notNull(),
    counts: jsonb('counts').notNull().default({}),
    errorCode: text('error_code'),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (t) => [
    check('runs_state_known', sql`${t.state} in ('open', 'done', 'failed')`),
    index('runs_by_state').on(t.state, t.startedAt),
    // One walk along the path at a time: its stages take what is due wherever it comes from.
    uniqueIndex('runs_one_open_path')
      .on(t.kind)
      .where(sql`kind = 'pipeline' and state = 'open'`),
  ],
)
