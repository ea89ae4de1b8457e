import { sql } from 'drizzle-orm'
import { bigint, check, index, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** Each change of identity, appended: a profile taken in by another, or a part that became its own. */
export const merges = onefold.table(
  'merges',
  {
    mergeNo: bigint('merge_no', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'merges_no' }),
    runId: uuid('run_id').notNull(),
    kind: text('kind').notNull(),
    fromProfile: uuid('from_profile').notNull(),
    toProfile: uuid('to_profile').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (t) => [
    check('merges_kind_known', sql`${t.kind} in ('merged', 'split')`),
    index('merges_by_from').on(t.fromProfile),
    index('merges_by_to').on(t.toProfile),
  ],
)
