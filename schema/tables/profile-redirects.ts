import { text, timestamp } from 'drizzle-orm/pg-core'
import { onefoldOut } from './schemas.ts'

/** Where an id that a consumer may still hold leads today. */
export const profileRedirects = onefoldOut.table('profile_redirects', {
  fromProfileId: text('from_profile_id').primaryKey(),
  toProfileId: text('to_profile_id').notNull(),
  since: timestamp('since', { withTimezone: true }).notNull(),
})
