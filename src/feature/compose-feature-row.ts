import { averageHoursFromSession } from './average-hours-from-session.ts'
import { countAbandonedCarts } from './count-abandoned-carts.ts'
import { countUtcDays } from './count-utc-days.ts'
import { type ChannelDays, deriveChannelShares } from './derive-channel-shares.ts'
import { type Activity, deriveRates, scoreEngagement } from './derive-engagement.ts'
import { derivePurchaseBase } from './derive-purchase-base.ts'
import { deriveSessionBase, type VisitedSession } from './derive-session-base.ts'
import type { FeatureRow } from './feature-row.ts'
import { gatherOrders, type OrderLine } from './gather-orders.ts'

export interface Behaviour {
  readonly profileId: string
  readonly orders: readonly OrderLine[]
  readonly sessions: readonly VisitedSession[]
  readonly activity: Activity
  /** Absent for who did nothing in a channel that is known. */
  readonly channels?: ChannelDays
}

const HOUR_MS = 3_600_000

/**
 * One person's features at an instant (ms since 1970), without the scores that need everybody else. Active is who buys
 * or visits. `periodDays` is what RFM looks at, all time by default. Order-free in orders and sessions.
 */
export function composeFeatureRow(behaviour: Behaviour, asOf: number, periodDays?: number): FeatureRow {
  const { profileId, activity } = behaviour
  const purchaseBase = derivePurchaseBase(behaviour.orders, asOf, periodDays)
  const { lastSessionAt, ...sessionBase } = deriveSessionBase(behaviour.sessions, asOf)
  const { firstLookAt, addedAt = [], usedSince: _, nextAt: __, ...counts } = activity
  const purchases = gatherOrders(behaviour.orders, asOf).flatMap(({ at, isPurchase }) => (isPurchase ? [at] : []))
  const hoursFromSessionToPurchase = averageHoursFromSession(purchases, behaviour.sessions)
  const bought = purchaseBase.firstPurchaseAt
  const looked = bought !== undefined && firstLookAt !== undefined && firstLookAt <= bought
  const lastActiveAt = Math.max(purchaseBase.lastPurchaseAt ?? -Infinity, lastSessionAt ?? -Infinity)
  const daysSinceLastActive = countUtcDays(lastActiveAt, asOf)
  return {
    profileId,
    ...purchaseBase,
    ...sessionBase,
    ...counts,
    ...deriveRates(activity),
    ...deriveChannelShares(behaviour.channels),
    abandonedCarts: countAbandonedCarts(addedAt, purchases, asOf),
    ...(looked ? { hoursToFirstPurchase: (bought - firstLookAt) / HOUR_MS } : {}),
    ...(hoursFromSessionToPurchase === undefined ? {} : { hoursFromSessionToPurchase }),
    ...(lastActiveAt === -Infinity
      ? {}
      : {
          lastActiveAt,
          daysSinceLastActive,
          engagementScore: scoreEngagement(sessionBase.sessions30d, counts.featuresUsed30d, daysSinceLastActive),
        }),
  }
}
