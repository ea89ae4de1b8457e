import { sql } from 'drizzle-orm'
import { doublePrecision, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefoldOut } from './schemas.ts'

/** What people's scores are and were, by the id consumers see [E2]. */
export const publishedScoreHistory = onefoldOut
  .view('score_history', {
    profileId: text('profile_id').notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true }).notNull(),
    validTo: timestamp('valid_to', { withTimezone: true }),
    scoring: uuid('scoring').notNull(),
    r: smallint('r'),
    f: smallint('f'),
    m: smallint('m'),
    rfmScore: smallint('rfm_score'),
    pAlive: doublePrecision('p_alive'),
    expectedPurchases: doublePrecision('expected_purchases'),
    lifetimeValue: doublePrecision('lifetime_value'),
    compositeIndex: doublePrecision('composite_index'),
  })
  .as(
    sql`SELECT person.pseudonym AS profile_id, history.valid_from, history.valid_to, history.scoring, history.r,
      history.f, history.m, history.rfm_score, history.p_alive, history.expected_purchases, history.lifetime_value,
      history.composite_index
    FROM onefold.score_history AS history JOIN onefold.profiles AS person USING (profile_id)`,
  )
