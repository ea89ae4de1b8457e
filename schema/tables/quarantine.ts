import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** A row held back for repair. Its bytes are in the ledger; a correction is sealed here until it is replayed. */
export const quarantine = onefold.table(
  'quarantine',
  {
    deliveryId: uuid('delivery_id').notNull(),
    rowNo: integer('row_no').notNull(),
    source: text('source').notNull(),
    /** The ledger row's: a bad row delivered again is not held twice. */
    fingerprint: uuid('fingerprint').notNull(),
    state: text('state').notNull().default('open'),
    issues: jsonb('issues').notNull(),
    sealedFix: bytea('sealed_fix'),
    quarantinedAt: timestamp('quarantined_at', { withTimezone: true }).notNull(),
    replayedAt: timestamp('replayed_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'quarantine_pkey', columns: [t.deliveryId, t.rowNo] }),
    check('quarantine_state_known', sql`${t.state} in ('open', 'fixed', 'replayed')`),
    uniqueIndex('quarantine_held_once')
      .on(t.fingerprint)
      .where(sql`state <> 'replayed'`),
    index('quarantine_open')
      .on(t.source, t.quarantinedAt)
      .where(sql`state <> 'replayed'`),
  ],
)
