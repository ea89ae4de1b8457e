import { bigint, jsonb, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** Every change, appended in its own transaction; each hash covers the entry and the hash before it. */
export const auditLog = onefold.table('audit_log', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  /** Ids and counts only. */
  details: jsonb('details').notNull(),
  hash: bytea('hash').notNull(),
})
