import { sql } from 'drizzle-orm'
import { bigint, integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Which model and policies of identifiers the ledger was judged by from when on, appended: the last one says it now. */
export const modelApplications = onefold.table('model_applications', {
  applicationNo: bigint('application_no', { mode: 'number' })
    .primaryKey()
    .generatedAlwaysAsIdentity({ name: 'model_applications_no' }),
  /** Null for the model that Onefold ships. */
  version: integer('version'),
  /** `identity.identifiers` of the configuration at that time. */
  identifiers: jsonb('identifiers')
    .notNull()
    .default(sql`'{}'`),
  appliedBy: text('applied_by').notNull(),
  appliedAt: timestamp('applied_at', { withTimezone: true }).notNull().defaultNow(),
})
