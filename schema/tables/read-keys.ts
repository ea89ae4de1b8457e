import { text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What whoever asks over HTTP shows; of the key itself only a keyed hash is kept. */
export const readKeys = onefold.table('read_keys', {
  keyId: uuid('key_id').primaryKey(),
  hash: uuid('hash').notNull().unique(),
  /** Who asks with it, in the project's own words. */
  reader: text('reader').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
})
