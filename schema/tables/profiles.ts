import { sql } from 'drizzle-orm'
import { boolean, index, integer, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * A person as we know them. The id is that of the earliest record, so it survives replays and comes back
 * when a merge is undone. Dissolved profiles stay: they start a redirect, or are withdrawn.
 */
export const profiles = onefold.table(
  'profiles',
  {
    profileId: uuid('profile_id').primaryKey(),
    /** The id consumers see: a keyed hash for that purpose. */
    pseudonym: text('pseudonym').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    dissolvedAt: timestamp('dissolved_at', { withTimezone: true }),
    revision: integer('revision').notNull().default(0),
    /** Members or events changed since the profile was last composed. */
    stale: boolean('stale').notNull().default(true),
  },
  (t) => [
    uniqueIndex('profiles_pseudonym_unique').on(t.pseudonym),
    index('profiles_stale')
      .on(t.profileId)
      .where(sql`stale`),
  ],
)
