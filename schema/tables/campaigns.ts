import { text, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** The campaigns that are called by their names, those of `events.campaigns`: any other name may say anything. */
export const campaigns = onefold.table('campaigns', {
  /** Keyed hash, as events have it. */
  campaign: uuid('campaign').primaryKey(),
  name: text('name').notNull(),
})
