import type { FeatureRow } from './feature-row.ts'

/** Features that are numbers, by the name that rules and tables use, with their member of `FeatureRow`. */
export const NUMBERS = {
  purchases: 'purchases',
  purchases_30d: 'purchases30d',
  total_spent: 'totalSpent',
  average_order_value: 'averageOrderValue',
  recency_days: 'recencyDays',
  sessions: 'sessions',
  sessions_30d: 'sessions30d',
  days_since_last_active: 'daysSinceLastActive',
  average_session_seconds: 'averageSessionSeconds',
  bounce_rate: 'bounceRate',
  page_views: 'pageViews',
  sends: 'sends',
  opens: 'opens',
  clicks: 'clicks',
  r: 'r',
  f: 'f',
  m: 'm',
  rfm_score: 'rfmScore',
  recency_percentile: 'recencyPercentile',
  frequency_percentile: 'frequencyPercentile',
  monetary_percentile: 'monetaryPercentile',
} as const satisfies Readonly<Record<string, keyof FeatureRow>>

/** Features that are instants. */
export const INSTANTS = {
  first_purchase_at: 'firstPurchaseAt',
  last_purchase_at: 'lastPurchaseAt',
  last_active_at: 'lastActiveAt',
} as const satisfies Readonly<Record<string, keyof FeatureRow>>

export type NumberName = keyof typeof NUMBERS
export type InstantName = keyof typeof INSTANTS
export type FeatureName = NumberName | InstantName
