import { uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Living profiles that a walk has settled and not published yet. */
export const unpublished = onefold.table('unpublished', { profileId: uuid('profile_id').primaryKey() })
