import { sql } from 'drizzle-orm'
import { index, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Where an old profile id leads, from when, and until when if the merge was undone. Never deleted. */
export const redirects = onefold.table(
  'redirects',
  {
    fromProfile: uuid('from_profile').notNull(),
    toProfile: uuid('to_profile').notNull(),
    since: timestamp('since', { withTimezone: true }).notNull(),
    until: timestamp('until', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'redirects_pkey', columns: [t.fromProfile, t.since] }),
    index('redirects_by_target')
      .on(t.toProfile)
      .where(sql`until is null`),
  ],
)
