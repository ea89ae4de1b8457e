import { bigint, timestamp } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** Merkle root over the first `count` entries; a copy is kept outside the database as the anchor. */
export const auditRoots = onefold.table('audit_roots', {
  count: bigint('count', { mode: 'number' }).primaryKey(),
  root: bytea('root').notNull(),
  /** The perfect subtrees that the root is made of, largest first, 32 bytes each: the next root needs no earlier entry. */
  frontier: bytea('frontier'),
  at: timestamp('at', { withTimezone: true }).notNull(),
})
