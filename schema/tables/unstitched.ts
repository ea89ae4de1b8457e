import { index, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * Actors whose sessions are to be made anew. Several rows may say so of one: who adds one waits for nobody who takes others
 * away.
 */
export const unstitched = onefold.table(
  'unstitched',
  {
    actorId: uuid('actor_id').notNull(),
    /** The earliest event that may be in another session than before; `-infinity` when any may be. */
    since: timestamp('since', { withTimezone: true, precision: 3 }).notNull(),
    /** The earliest event that `histories` may not tell yet; null when it tells all. */
    unread: timestamp('unread', { withTimezone: true, precision: 3 }),
  },
  (t) => [index('unstitched_by_actor').on(t.actorId)],
)
