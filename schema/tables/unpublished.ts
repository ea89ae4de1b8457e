import { boolean, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Profiles of which something changed since a walk published last; some were published by a pass meanwhile. */
export const unpublished = onefold.table('unpublished', {
  profileId: uuid('profile_id').primaryKey(),
  /** Whether their memberships did, too: most of the time nobody's do. */
  moved: boolean('moved').notNull().default(true),
})
