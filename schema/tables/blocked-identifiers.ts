import { text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Identifiers that link nobody: shared by too many people, or blocked by a person. */
export const blockedIdentifiers = onefold.table('blocked_identifiers', {
  hash: uuid('hash').primaryKey(),
  kind: text('kind').notNull(),
  reason: text('reason').notNull(),
  blockedAt: timestamp('blocked_at', { withTimezone: true }).notNull(),
})
