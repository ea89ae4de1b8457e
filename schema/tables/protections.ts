import { text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Records whose profiles only a person may join to each other; the record is the one that names its profile. */
export const protections = onefold.table('protections', {
  recordId: uuid('record_id').primaryKey(),
  protectedBy: text('protected_by').notNull(),
  protectedAt: timestamp('protected_at', { withTimezone: true }).notNull().defaultNow(),
})
