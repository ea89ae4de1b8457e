import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Who was in which segment, from when to when, and why. */
export const segmentMemberships = onefold.table(
  'segment_memberships',
  {
    profileId: uuid('profile_id').notNull(),
    segmentId: text('segment_id').notNull(),
    version: integer('version').notNull(),
    reason: text('reason').notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true }).notNull(),
    validTo: timestamp('valid_to', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'segment_memberships_pkey', columns: [t.profileId, t.segmentId, t.version, t.validFrom] }),
    uniqueIndex('segment_memberships_one_open')
      .on(t.profileId, t.segmentId, t.version)
      .where(sql`valid_to is null`),
    index('segment_memberships_open_by_segment')
      .on(t.segmentId)
      .where(sql`valid_to is null`),
  ],
)
