import type { FeatureRow } from '../../src/feature/feature-row.ts'

/** Somebody who never did anything but what the test says. */
export function buildFeatureRow(features: Partial<FeatureRow> = {}): FeatureRow {
  return {
    profileId: 'prf_1',
    purchases: 0,
    totalSpent: 0,
    purchases30d: 0,
    sessions: 0,
    sessions30d: 0,
    pageViews: 0,
    sends: 0,
    opens: 0,
    clicks: 0,
    ...features,
  }
}
