import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/**
 * The ledger: one row per row received, whatever became of it. `sealed` holds the received bytes exactly and,
 * for a description of a person, what was understood of them. `fingerprint` is the keyed hash that repeats share.
 */
export const rawRecords = onefold.table(
  'raw_records',
  {
    deliveryId: uuid('delivery_id').notNull(),
    rowNo: integer('row_no').notNull(),
    /** 1-based line in the file. */
    line: integer('line').notNull(),
    outcome: text('outcome').notNull(),
    /** Which record (a person's description) or event's actor the row belongs to. */
    recordId: uuid('record_id'),
    fingerprint: uuid('fingerprint').notNull(),
    sealed: bytea('sealed'),
    issues: text('issues').array(),
  },
  (t) => [
    primaryKey({ name: 'raw_records_pkey', columns: [t.deliveryId, t.rowNo] }),
    uniqueIndex('raw_records_accepted_once')
      .on(t.fingerprint)
      .where(sql`outcome = 'accepted'`),
    index('raw_records_by_outcome')
      .on(t.outcome, t.deliveryId)
      .where(sql`outcome in ('quarantined', 'rejected')`),
    check(
      'raw_records_outcome_known',
      sql`${t.outcome} in ('accepted', 'duplicate', 'quarantined', 'rejected', 'erased')`,
    ),
  ],
)
