import { bigint, index, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/** One file handed in once by one source. */
export const deliveries = onefold.table(
  'deliveries',
  {
    deliveryId: uuid('delivery_id').primaryKey(),
    runId: uuid('run_id').notNull(),
    source: text('source').notNull(),
    /** The file's path, sealed: paths name people more often than one thinks. */
    sealedPath: bytea('sealed_path').notNull(),
    /** Keyed hash of path, size and time of change: a schedule does not read an unchanged file again. */
    mark: uuid('mark').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** How it was read: format, mapping and policies as they were at that time. */
    reading: jsonb('reading').notNull(),
    /** What the names of its rows depend on: the kind of source and the columns of the record's key. */
    naming: text('naming').notNull().default(''),
    /** By which vocabulary its events were read again when another one was declared, and since when; null before. */
    rereadBy: jsonb('reread_by'),
    rereadAt: timestamp('reread_at', { withTimezone: true }),
    columns: text('columns').array().notNull().default([]),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
    completedAt: timestamp('completed_at', { withTimezone: true }),
    notices: jsonb('notices').notNull().default([]),
  },
  (t) => [
    index('deliveries_by_source').on(t.source, t.receivedAt),
    index('deliveries_by_naming').on(t.source, t.naming),
    index('deliveries_by_run').on(t.runId),
    index('deliveries_by_mark').on(t.mark),
  ],
)
