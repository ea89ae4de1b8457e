import { integer, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { onefoldOut } from './schemas.ts'

/** The segments there are, with their sizes at the last publication. */
export const publishedSegments = onefoldOut.table(
  'segments',
  {
    segmentId: text('segment_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    owner: text('owner').notNull(),
    members: integer('members').notNull(),
    asOf: timestamp('as_of', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'out_segments_pkey', columns: [t.segmentId, t.version] })],
)
