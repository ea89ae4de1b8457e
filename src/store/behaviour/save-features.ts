import type { FeatureRow } from '../../feature/feature-row.ts'
import type { Tx } from '../open-store.ts'

type NumberColumn = Exclude<keyof FeatureRow, 'profileId'>

/** What becomes of scores that were made before: a walk makes them anew from everybody; until the next one a buyer keeps them. */
export type FormerScores = 'dropped' | 'kept'

/** Writes what was computed of people as of an instant. */
export async function saveFeatures(
  tx: Tx,
  rows: readonly FeatureRow[],
  asOf: Date,
  scores: FormerScores,
): Promise<void> {
  const column = (name: NumberColumn): (number | null)[] => rows.map((row) => row[name] ?? null)
  if (scores === 'dropped')
    await tx`DELETE FROM onefold.features WHERE profile_id = ANY(${rows.map((row) => row.profileId)}::uuid[])`
  await tx`
    INSERT INTO onefold.features (
      profile_id, as_of, purchases, total_spent, average_order_value, recency_days, purchases_30d, sessions,
      sessions_30d, days_since_last_active, average_session_seconds, bounce_rate, page_views, sends, opens, clicks,
      first_purchase_at, last_purchase_at, last_active_at)
    SELECT profile_id, ${asOf}, purchases, total_spent, average_order_value, recency_days, purchases_30d, sessions,
      sessions_30d, days_since_last_active, average_session_seconds, bounce_rate, page_views, sends, opens, clicks,
      to_timestamp(first_purchase_at / 1000.0), to_timestamp(last_purchase_at / 1000.0), to_timestamp(last_active_at / 1000.0)
    FROM unnest(
      ${rows.map((row) => row.profileId)}::uuid[], ${column('purchases')}::int[], ${column('totalSpent')}::float8[],
      ${column('averageOrderValue')}::float8[], ${column('recencyDays')}::int[], ${column('purchases30d')}::int[],
      ${column('sessions')}::int[], ${column('sessions30d')}::int[], ${column('daysSinceLastActive')}::int[],
      ${column('averageSessionSeconds')}::float8[], ${column('bounceRate')}::float8[], ${column('pageViews')}::int[],
      ${column('sends')}::int[], ${column('opens')}::int[], ${column('clicks')}::int[],
      ${column('firstPurchaseAt')}::float8[], ${column('lastPurchaseAt')}::float8[],
      ${column('lastActiveAt')}::float8[]
    ) AS given (profile_id, purchases, total_spent, average_order_value, recency_days, purchases_30d, sessions,
      sessions_30d, days_since_last_active, average_session_seconds, bounce_rate, page_views, sends, opens, clicks,
      first_purchase_at, last_purchase_at, last_active_at)
    ON CONFLICT (profile_id) DO UPDATE SET (
      as_of, purchases, total_spent, average_order_value, recency_days, purchases_30d, sessions, sessions_30d,
      days_since_last_active, average_session_seconds, bounce_rate, page_views, sends, opens, clicks,
      first_purchase_at, last_purchase_at, last_active_at, r, f, m, rfm_score,
      recency_percentile, frequency_percentile, monetary_percentile
    ) = ROW (
      excluded.as_of, excluded.purchases, excluded.total_spent, excluded.average_order_value, excluded.recency_days,
      excluded.purchases_30d, excluded.sessions, excluded.sessions_30d, excluded.days_since_last_active,
      excluded.average_session_seconds, excluded.bounce_rate, excluded.page_views, excluded.sends, excluded.opens,
      excluded.clicks, excluded.first_purchase_at, excluded.last_purchase_at, excluded.last_active_at,
      CASE WHEN excluded.purchases > 0 THEN features.r END,
      CASE WHEN excluded.purchases > 0 THEN features.f END,
      CASE WHEN excluded.purchases > 0 THEN features.m END,
      CASE WHEN excluded.purchases > 0 THEN features.rfm_score END,
      CASE WHEN excluded.purchases > 0 THEN features.recency_percentile END,
      CASE WHEN excluded.purchases > 0 THEN features.frequency_percentile END,
      CASE WHEN excluded.purchases > 0 THEN features.monetary_percentile END)`
}
