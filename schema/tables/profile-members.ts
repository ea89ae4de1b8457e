import { index, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Every accepted record is in exactly one profile, unless its source has deleted it. */
export const profileMembers = onefold.table(
  'profile_members',
  {
    recordId: uuid('record_id').primaryKey(),
    profileId: uuid('profile_id').notNull(),
    /** Of actors, as `records` has it: for those who ask of all that a person did, without a look at each record. Null of people, and where a release before wrote. */
    stream: uuid('stream'),
  },
  (t) => [index('profile_members_by_profile').on(t.profileId)],
)
