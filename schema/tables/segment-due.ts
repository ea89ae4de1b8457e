import { index, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * When time alone may next put a person into a segment or out of one; nobody whom only something new can move. `-infinity`
 * when a walk is to judge them whatever the time.
 */
export const segmentDue = onefold.table(
  'segment_due',
  {
    profileId: uuid('profile_id').primaryKey(),
    dueAt: timestamp('due_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [index('segment_due_by_instant').on(t.dueAt)],
)
