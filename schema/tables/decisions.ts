import { sql } from 'drizzle-orm'
import { bigint, check, index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, onefold } from './schemas.ts'

/**
 * What people decided about pairs of records, only ever appended: it outranks every score. A later decision names the
 * one it supersedes, and each is superseded once: of two people who decide at the same time one is told.
 */
export const decisions = onefold.table(
  'decisions',
  {
    decisionNo: bigint('decision_no', { mode: 'number' })
      .primaryKey()
      .generatedAlwaysAsIdentity({ name: 'decisions_no' }),
    /** What was done at once, a split of several records say, and can be undone at once. */
    actId: uuid('act_id').notNull(),
    recordA: uuid('record_a').notNull(),
    recordB: uuid('record_b').notNull(),
    verdict: text('verdict').notNull(),
    /** The decision of the same pair that this one replaces; 0 for the first. */
    supersedes: bigint('supersedes', { mode: 'number' }).notNull().default(0),
    decidedBy: text('decided_by').notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }).notNull().defaultNow(),
    /** Why, in the person's words, sealed: people name people. */
    sealedNote: bytea('sealed_note'),
    /** When a run first clustered by it; null until one does. */
    takenUpAt: timestamp('taken_up_at', { withTimezone: true }),
  },
  (t) => [
    check('decisions_ordered', sql`${t.recordA} < ${t.recordB}`),
    check('decisions_verdict_known', sql`${t.verdict} in ('same', 'different', 'unsure', 'withdrawn')`),
    uniqueIndex('decisions_one_successor').on(t.recordA, t.recordB, t.supersedes),
    index('decisions_by_b').on(t.recordB),
    index('decisions_by_act').on(t.actId),
    index('decisions_not_taken_up')
      .on(t.decisionNo)
      .where(sql`taken_up_at is null`),
  ],
)
