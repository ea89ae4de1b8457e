import { doublePrecision, integer, smallint, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefold } from './schemas.ts'

/** What a person did, in numbers, as of `as_of`. Absent means not known, never zero. */
export const features = onefold.table('features', {
  profileId: uuid('profile_id').primaryKey(),
  asOf: timestamp('as_of', { withTimezone: true }).notNull(),
  purchases: integer('purchases').notNull(),
  totalSpent: doublePrecision('total_spent').notNull(),
  averageOrderValue: doublePrecision('average_order_value'),
  firstPurchaseAt: timestamp('first_purchase_at', { withTimezone: true }),
  lastPurchaseAt: timestamp('last_purchase_at', { withTimezone: true }),
  recencyDays: integer('recency_days'),
  purchases30d: integer('purchases_30d').notNull(),
  sessions: integer('sessions').notNull(),
  sessions30d: integer('sessions_30d').notNull(),
  lastActiveAt: timestamp('last_active_at', { withTimezone: true }),
  daysSinceLastActive: integer('days_since_last_active'),
  averageSessionSeconds: doublePrecision('average_session_seconds'),
  bounceRate: doublePrecision('bounce_rate'),
  pageViews: integer('page_views').notNull(),
  sends: integer('sends').notNull(),
  opens: integer('opens').notNull(),
  clicks: integer('clicks').notNull(),
  r: smallint('r'),
  f: smallint('f'),
  m: smallint('m'),
  rfmScore: smallint('rfm_score'),
  /** Shares of buyers who are less recent, buy less often, spend less: 0 to below 1. */
  recencyPercentile: doublePrecision('recency_percentile'),
  frequencyPercentile: doublePrecision('frequency_percentile'),
  monetaryPercentile: doublePrecision('monetary_percentile'),
})
