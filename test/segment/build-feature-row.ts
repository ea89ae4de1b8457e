import { NO_ACTIVITY } from '../../src/feature/derive-engagement.ts'
import type { FeatureRow } from '../../src/feature/feature-row.ts'

/** Somebody who never did anything but what the test says. */
export function buildFeatureRow(features: Partial<FeatureRow> = {}): FeatureRow {
  return {
    profileId: 'prf_1',
    ...{ purchases: 0, purchases30d: 0, periodPurchases: 0, purchaseDays: 0, pricedRepeatDays: 0 },
    ...{ totalSpent: 0, spent30d: 0, spentChange30d: 0, periodSpent: 0 },
    ...{ sessions: 0, sessions7d: 0, sessions30d: 0, pageViews: 0 },
    ...NO_ACTIVITY,
    abandonedCarts: 0,
    ...features,
  }
}
