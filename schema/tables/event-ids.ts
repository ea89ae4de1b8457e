import { uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** The ids of all events: what makes each unique, since the key of a partitioned table would have to hold its month. */
export const eventIds = onefold.table('event_ids', {
  eventId: uuid('event_id').primaryKey(),
})
