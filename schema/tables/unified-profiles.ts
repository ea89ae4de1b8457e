import { boolean, doublePrecision, integer, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { onefoldOut } from './schemas.ts'

/** One row a person: what a consumer may see. The comments consumers read are in the migration. */
export const unifiedProfiles = onefoldOut.table('unified_profiles', {
  profileId: text('profile_id').primaryKey(),
  ageBand: text('age_band'),
  sex: text('sex'),
  country: text('country'),
  region: text('region'),
  postcodePrefix: text('postcode_prefix'),
  language: text('language'),
  hasEmail: boolean('has_email').notNull(),
  hasPhone: boolean('has_phone').notNull(),
  emailClass: text('email_class').notNull(),
  records: integer('records').notNull(),
  sources: text('sources').array().notNull(),
  lastActiveAt: timestamp('last_active_at', { withTimezone: true }),
  purchases: integer('purchases').notNull(),
  totalSpent: doublePrecision('total_spent').notNull(),
  averageOrderValue: doublePrecision('average_order_value'),
  lastPurchaseAt: timestamp('last_purchase_at', { withTimezone: true }),
  recencyDays: integer('recency_days'),
  sessions: integer('sessions').notNull(),
  sessions30d: integer('sessions_30d').notNull(),
  r: smallint('r'),
  f: smallint('f'),
  m: smallint('m'),
  rfmScore: smallint('rfm_score'),
  segments: text('segments').array().notNull(),
  revision: integer('revision').notNull(),
  asOf: timestamp('as_of', { withTimezone: true }).notNull(),
})
