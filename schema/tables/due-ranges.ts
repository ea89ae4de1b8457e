import { text, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * Ranges of profiles all of whom are due, as after another declaration: a row a range instead of one an actor. Several may
 * say so of one profile.
 */
export const dueRanges = onefold.table('due_ranges', {
  /**
   * What they are due for; `unstitched`: all sessions are to be made anew, of events that are what they were; `unsettled`: segments
   * are to be judged; `unpublished`: what is known is to be published.
   */
  due: text('due', { enum: ['unstitched', 'unsettled', 'unpublished'] }).notNull(),
  fromId: uuid('from_id').notNull(),
  /** The first id that is not in it; the last id there is, which nobody has, for none. */
  toId: uuid('to_id').notNull(),
})
