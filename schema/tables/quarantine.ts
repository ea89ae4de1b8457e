import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/**
 * A row held back for repair: an envelope of its own with its bytes and, once it is replayed, what was understood; a
 * correction is sealed here, too, for as long as the row counts. Where a replayed row ended is said here, since the ledger is not changed.
 */
export const quarantine = onefold.table(
  'quarantine',
  {
    deliveryId: uuid('delivery_id').notNull(),
    rowNo: integer('row_no').notNull(),
    source: text('source').notNull(),
    line: integer('line').notNull(),
    /** The ledger row's, for good. */
    heldFingerprint: uuid('held_fingerprint').notNull(),
    /** The same until an accepted correction says something else: a row delivered again is not held twice. */
    fingerprint: uuid('fingerprint').notNull(),
    state: text('state').notNull().default('open'),
    outcome: text('outcome').notNull().default('quarantined'),
    /** The record the row turned out to belong to. */
    recordId: uuid('record_id'),
    sealed: bytea('sealed'),
    issues: jsonb('issues').notNull(),
    sealedFix: bytea('sealed_fix'),
    quarantinedAt: timestamp('quarantined_at', { withTimezone: true }).notNull(),
    replayedAt: timestamp('replayed_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'quarantine_pkey', columns: [t.deliveryId, t.rowNo] }),
    check('quarantine_state_known', sql`${t.state} in ('open', 'fixed', 'replayed')`),
    check(
      'quarantine_outcome_known',
      sql`${t.outcome} in ('accepted', 'duplicate', 'quarantined', 'rejected', 'erased')`,
    ),
    uniqueIndex('quarantine_held_once')
      .on(t.fingerprint)
      .where(sql`state <> 'replayed'`),
    // What repaired rows stand for is asked for each batch of a source that ever had a row held.
    index('quarantine_repaired')
      .on(t.source, t.fingerprint)
      .where(sql`outcome in ('accepted', 'duplicate')`),
    index('quarantine_accepted_as_held')
      .on(t.heldFingerprint)
      .where(sql`outcome = 'accepted'`),
    index('quarantine_open')
      .on(t.source, t.quarantinedAt)
      .where(sql`state <> 'replayed'`),
  ],
)
