import { sql } from 'drizzle-orm'
import { boolean, check, index, primaryKey, real, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What was judged of a pair of records, with what can recompute it: levels and model version. */
export const judgements = onefold.table(
  'judgements',
  {
    recordA: uuid('record_a').notNull(),
    recordB: uuid('record_b').notNull(),
    verdict: text('verdict').notNull(),
    because: text('because').notNull(),
    identifierKind: text('identifier_kind'),
    /** log2 of the odds, prior included. */
    weightBits: real('weight_bits').notNull(),
    /** One level index per comparison of the model, in its order. */
    levels: smallint('levels').array().notNull(),
    modelVersion: text('model_version').notNull(),
    /** Found by no blocking rule: judged because both were in one group of matching records, and holds while they are. */
    inGroup: boolean('in_group').notNull().default(false),
    judgedAt: timestamp('judged_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'judgements_pkey', columns: [t.recordA, t.recordB] }),
    index('judgements_by_b').on(t.recordB),
    check('judgements_ordered', sql`${t.recordA} < ${t.recordB}`),
    check('judgements_verdict_known', sql`${t.verdict} in ('match', 'review', 'distinct')`),
  ],
)
