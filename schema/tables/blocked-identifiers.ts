import { text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Identifiers that link nobody: shared by too many people, or blocked by a person. */
export const blockedIdentifiers = onefold.table('blocked_identifiers', {
  hash: uuid('hash').primaryKey(),
  kind: text('kind').notNull(),
  reason: text('reason').notNull(),
  blockedAt: timestamp('blocked_at', { withTimezone: true }).notNull(),
  /** Who blocked or lifted it; null while only a count did. */
  decidedBy: text('decided_by'),
  /** When a person lifted it: it links again, and no count blocks it any more. */
  liftedAt: timestamp('lifted_at', { withTimezone: true }),
})
