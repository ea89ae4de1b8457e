import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/**
 * A piece of a run that one worker does at a time. The lease says until when, the fence is raised at each
 * lease, and every write of the chunk checks it: a worker that lost its lease writes nothing.
 */
export const chunks = onefold.table(
  'chunks',
  {
    runId: uuid('run_id').notNull(),
    stage: text('stage').notNull(),
    chunkNo: integer('chunk_no').notNull(),
    /** What the chunk is about, by reference: a delivery, or a range of ids. */
    reference: jsonb('reference').notNull(),
    state: text('state').notNull().default('waiting'),
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    leaseOwner: text('lease_owner'),
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    attempts: integer('attempts').notNull().default(0),
    /** Where a resumed chunk goes on. */
    checkpoint: jsonb('checkpoint'),
    counts: jsonb('counts').notNull().default({}),
    errorCode: text('error_code'),
    notBefore: timestamp('not_before', { withTimezone: true }),
    /** When the queue was last told; the sweeper rings again after a while. */
    rungAt: timestamp('rung_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'chunks_pkey', columns: [t.runId, t.stage, t.chunkNo] }),
    check('chunks_state_known', sql`${t.state} in ('waiting', 'leased', 'done', 'dead')`),
    index('chunks_due')
      .on(t.state, t.leaseUntil)
      .where(sql`state in ('waiting', 'leased')`),
  ],
)
