import { index, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** When time alone may next make a person's features others; `-infinity` when something new is known of them. */
export const featureDue = onefold.table(
  'feature_due',
  {
    profileId: uuid('profile_id').primaryKey(),
    dueAt: timestamp('due_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [index('feature_due_by_instant').on(t.dueAt)],
)
