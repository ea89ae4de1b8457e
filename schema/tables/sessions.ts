import { boolean, index, integer, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** A visit: events of one person on one stream without a gap. Its id tells when it begins and of which actor (`nameSession`). */
export const sessions = onefold.table(
  'sessions',
  {
    sessionId: uuid('session_id').primaryKey(),
    profileId: uuid('profile_id').notNull(),
    stream: uuid('stream').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true, precision: 3 }).notNull(),
    events: integer('events').notNull(),
    pageViews: integer('page_views').notNull(),
    bounced: boolean('bounced').notNull(),
    /** Too long for a person; left out of behaviour. */
    quarantined: boolean('quarantined').notNull().default(false),
  },
  (t) => [index('sessions_by_profile').on(t.profileId, t.startedAt)],
)
