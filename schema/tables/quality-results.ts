import { bigint, doublePrecision, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** One line of a run's quality report: how often a finding was made among the rows it was looked for in. */
export const qualityResults = onefold.table(
  'quality_results',
  {
    runId: uuid('run_id').notNull(),
    source: text('source').notNull(),
    code: text('code').notNull(),
    field: text('field').notNull(),
    severity: text('severity').notNull(),
    checked: bigint('checked', { mode: 'number' }).notNull(),
    failed: bigint('failed', { mode: 'number' }).notNull(),
    /** Share of failed rows (0 to 1) above which the run is reported as failed. */
    threshold: doublePrecision('threshold'),
    /** The first row it was made in: whoever mends the source wants to see one. Null where no row is meant. */
    deliveryId: uuid('delivery_id'),
    line: integer('line'),
    columnName: text('column_name'),
  },
  (t) => [primaryKey({ name: 'quality_results_pkey', columns: [t.runId, t.source, t.code, t.field, t.severity] })],
)
