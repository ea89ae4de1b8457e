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
    /** Order of first arrival; the earliest record of a cluster gives the profile its id. */
    seq: bigint('seq', { mode: 'number' }).notNull().generatedAlwaysAsIdentity({ name: 'records_seq' }),
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    /** The ledger row of the newest version; null for actors. */
    fingerprint: uuid('fingerprint'),
    /** The normalized description of an actor; a person's lies in the ledger row. */
    sealed: bytea('sealed'),
    versions: integer('versions').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
    /** The device or visitor whose events form one stream of sessions: a keyed hash. */
    stream: uuid('stream').notNull(),
    /** How far resolution got with the newest version. */
    resolution: text('resolution').notNull().default('new'),
    /** Has events that are in no session yet. */
    unstitched: boolean('unstitched').notNull().default(false),
  },
  (t) => [
    check('records_kind_known', sql`${t.kind} in ('person', 'actor')`),
    check('records_resolution_known', sql`${t.resolution} in ('new', 'keyed', 'compared', 'resolved')`),
    index('records_unresolved')
      .on(t.seq)
      .where(sql`resolution <> 'resolved'`),
    index('records_unstitched')
      .on(t.seq)
      .where(sql`unstitched`),
  ],
)
