import { index, integer, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { onefoldOut } from './schemas.ts'

/** Who is and was in which segment, by the id consumers see. */
export const publishedMemberships = onefoldOut.table(
  'segment_memberships',
  {
    profileId: text('profile_id').notNull(),
    segmentId: text('segment_id').notNull(),
    version: integer('version').notNull(),
    reason: text('reason').notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true }).notNull(),
    validTo: timestamp('valid_to', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'out_segment_memberships_pkey', columns: [t.profileId, t.segmentId, t.version, t.validFrom] }),
    index('out_segment_memberships_by_segment').on(t.segmentId, t.validTo),
  ],
)
