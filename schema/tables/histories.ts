import { bigint, doublePrecision, integer, text, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * What sessions and features ask of the events of one actor, oldest first, in arrays of one length: a person's life is read
 * as a few rows instead of as many as they did things. Nothing of bots and no order lines. `unstitched` says from when
 * on events are not here yet.
 */
export const histories = onefold.table('histories', {
  actorId: uuid('actor_id').primaryKey(),
  /** ms since 1970. */
  at: bigint('at', { mode: 'number' }).array().notNull(),
  /** Of `event_words`. */
  words: integer('words').array().notNull(),
  campaigns: uuid('campaigns').array().notNull(),
  /** Of the products that somebody looked at; null elsewhere. */
  categories: text('categories').array().notNull(),
  /** In percent, where it is told. */
  scrollDepths: doublePrecision('scroll_depths').array().notNull(),
})
