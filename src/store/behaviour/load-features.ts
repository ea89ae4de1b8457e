import type { FeatureRow } from '../../feature/feature-row.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/** The features of the living among some profiles, scores included. Sorted by profile. */
export async function loadFeatures(tx: Tx, selection: ProfileSelection): Promise<FeatureRow[]> {
  const rows = await tx<Record<string, unknown>[]>`
    SELECT feature.profile_id AS "profileId", purchases, total_spent AS "totalSpent",
      average_order_value AS "averageOrderValue", recency_days AS "recencyDays", purchases_30d AS "purchases30d",
      sessions, sessions_30d AS "sessions30d", days_since_last_active AS "daysSinceLastActive",
      average_session_seconds AS "averageSessionSeconds", bounce_rate AS "bounceRate", page_views AS "pageViews",
      sends, opens, clicks, r, f, m, rfm_score AS "rfmScore", recency_percentile AS "recencyPercentile",
      frequency_percentile AS "frequencyPercentile", monetary_percentile AS "monetaryPercentile",
      (extract(epoch FROM first_purchase_at) * 1000)::float8 AS "firstPurchaseAt",
      (extract(epoch FROM last_purchase_at) * 1000)::float8 AS "lastPurchaseAt",
      (extract(epoch FROM last_active_at) * 1000)::float8 AS "lastActiveAt"
    FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    WHERE profile.dissolved_at IS NULL AND ${isSelected(tx, tx`feature.profile_id`, selection)}
    ORDER BY feature.profile_id`
  // Unknown is absent in a feature row, null in a table.
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as FeatureRow,
  )
}
