import { integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** A segment is its id and version, never its name. */
export const segments = onefold.table(
  'segments',
  {
    segmentId: text('segment_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    owner: text('owner').notNull(),
    reviewDate: text('review_date').notNull(),
    /** The broader segment that this is a part of. */
    parent: text('parent'),
    /** What must hold; null for definitions that were kept before rules were. */
    rule: jsonb('rule'),
  },
  (t) => [primaryKey({ name: 'segments_pkey', columns: [t.segmentId, t.version] })],
)
