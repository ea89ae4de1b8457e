import { sql } from 'drizzle-orm'
import { boolean, check, jsonb } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** One row: how the sessions that are there were cut. */
export const sessionCuts = onefold.table(
  'session_cuts',
  {
    only: boolean('only').primaryKey().default(true),
    /** `events.session_gap` and `events.session_cuts` of the configuration at that time. */
    cuts: jsonb('cuts').notNull(),
  },
  (t) => [check('session_cuts_are_one', sql`${t.only}`)],
)
