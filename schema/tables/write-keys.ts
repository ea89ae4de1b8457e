import { text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What whoever sends over HTTP shows; of the key itself only a keyed hash is kept. */
export const writeKeys = onefold.table('write_keys', {
  keyId: uuid('key_id').primaryKey(),
  hash: uuid('hash').notNull().unique(),
  /** The one source that the key may write to. */
  source: text('source').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
})
