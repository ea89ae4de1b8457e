import { integer, jsonb, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** What a profile said at each revision: values with provenance sealed, the generalized row readable. */
export const profileRevisions = onefold.table(
  'profile_revisions',
  {
    profileId: uuid('profile_id').notNull(),
    revision: integer('revision').notNull(),
    sealed: bytea('sealed').notNull(),
    generalized: jsonb('generalized').notNull(),
    /** Keyed hash of the content: an unchanged profile gets no new revision. */
    fingerprint: uuid('fingerprint').notNull(),
    composedAt: timestamp('composed_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'profile_revisions_pkey', columns: [t.profileId, t.revision] })],
)
