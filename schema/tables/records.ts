import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/**
 * What one source says about one person, at its newest version. The id is a keyed hash of source and key, so a
 * repeated delivery meets its own row. Sources of events and orders describe their actors here too.
 */
export const records = onefold.table(
  'records',
  {
    recordId: uuid('record_id').primaryKey(),
    /** Place of first arrival; the earliest record of a cluster gives the profile its id. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    /** The newest version: its place in the ledger and its content's fingerprint; null for actors. */
    place: bigint('place', { mode: 'number' }),
    fingerprint: uuid('fingerprint'),
    /** The normalized description of an actor; a person's lies in the ledger row. */
    sealed: bytea('sealed'),
    versions: integer('versions').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
    /** The device or visitor whose events form one stream of sessions: a keyed hash. Null for people. */
    stream: uuid('stream'),
    /** How far resolution got with the newest version; one that is `received` waits with its ledger page. */
    resolution: text('resolution').notNull().default('new'),
    /** What its source says now is that it is gone: it has no keys and is in no profile once resolved. */
    deleted: boolean('deleted').notNull().default(false),
  },
  (t) => [
    check('records_kind_known', sql`${t.kind} in ('person', 'actor')`),
    check('records_resolution_known', sql`${t.resolution} in ('received', 'new', 'keyed', 'compared', 'resolved')`),
    index('records_unresolved')
      .on(t.seq)
      .where(sql`resolution in ('new', 'keyed', 'compared')`),
  ],
)
