import { sql } from 'drizzle-orm'
import { doublePrecision, primaryKey, smallint, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What people's scores were, and by which scoring; the row that holds is open. `src/store/behaviour/keep-score-history.ts` says what begins one. */
export const scoreHistory = onefold.table(
  'score_history',
  {
    profileId: uuid('profile_id').notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true }).notNull(),
    validTo: timestamp('valid_to', { withTimezone: true }),
    /** `run_id` of `scorings`. */
    scoring: uuid('scoring').notNull(),
    r: smallint('r'),
    f: smallint('f'),
    m: smallint('m'),
    rfmScore: smallint('rfm_score'),
    pAlive: doublePrecision('p_alive'),
    expectedPurchases: doublePrecision('expected_purchases'),
    lifetimeValue: doublePrecision('lifetime_value'),
    compositeIndex: doublePrecision('composite_index'),
  },
  (t) => [
    primaryKey({ name: 'score_history_pkey', columns: [t.profileId, t.validFrom] }),
    uniqueIndex('score_history_one_open')
      .on(t.profileId)
      .where(sql`valid_to IS NULL`),
  ],
)
