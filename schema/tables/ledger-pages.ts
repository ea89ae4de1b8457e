import { bigint, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** Numbers blocks of pages. A place in the ledger is a page number times 64, and the position of the row on the page. */
export const ledgerPageIds = onefold.sequence('ledger_page_ids')

/**
 * The ledger: every row received, whatever became of it, some dozens a page in the order of their file. `sealed` holds
 * the received bytes exactly and, for a description of a person, what was understood of them. Pages are never
 * changed, what became of a held row afterwards is with the quarantine; to erase a row is to seal its page anew
 * without it, so that the key that could open it is gone. The view `raw_records` shows row by row.
 */
export const ledgerPages = onefold.table(
  'ledger_pages',
  {
    pageId: bigint('page_id', { mode: 'number' }).primaryKey(),
    deliveryId: uuid('delivery_id').notNull(),
    firstRow: integer('first_row').notNull(),
    /** A letter a row: accepted, duplicate, quarantined, rejected or erased. */
    outcomes: text('outcomes').notNull(),
    /** 1-based lines in the file. */
    lines: integer('lines').array().notNull(),
    /** The record (a person's description) or event's actor each row belongs to; all zeros where nobody could be told. */
    recordIds: uuid('record_ids').array().notNull(),
    /** Keyed hashes that repeats share. */
    fingerprints: uuid('fingerprints').array().notNull(),
    /** Codes of each row's findings, separated by blanks; null when no row has any. */
    issues: text('issues').array(),
    sealed: bytea('sealed'),
  },
  (t) => [uniqueIndex('ledger_pages_by_delivery').on(t.deliveryId, t.firstRow)],
)
