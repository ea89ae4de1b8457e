import { countUtcDays } from './count-utc-days.ts'
import { derivePurchaseBase } from './derive-purchase-base.ts'
import type { OrderLine } from './derive-purchase-base.ts'
import { deriveSessionBase } from './derive-session-base.ts'
import type { VisitedSession } from './derive-session-base.ts'
import type { FeatureRow } from './feature-row.ts'

export interface Behaviour {
  readonly profileId: string
  readonly orders: readonly OrderLine[]
  readonly sessions: readonly VisitedSession[]
  readonly sends: number
  readonly opens: number
  readonly clicks: number
}

/**
 * One person's features at an instant (ms since 1970), without the scores that need everybody else (`scoreRfm`).
 * Active is who buys or visits. Order-free in orders and sessions.
 */
export function composeFeatureRow(behaviour: Behaviour, asOf: number): FeatureRow {
  const purchaseBase = derivePurchaseBase(behaviour.orders, asOf)
  const { lastSessionAt, ...sessionBase } = deriveSessionBase(behaviour.sessions, asOf)
  const lastActiveAt = Math.max(purchaseBase.lastPurchaseAt ?? -Infinity, lastSessionAt ?? -Infinity)
  return {
    profileId: behaviour.profileId,
    ...purchaseBase,
    ...sessionBase,
    ...(lastActiveAt === -Infinity ? {} : { lastActiveAt, daysSinceLastActive: countUtcDays(lastActiveAt, asOf) }),
    sends: behaviour.sends,
    opens: behaviour.opens,
    clicks: behaviour.clicks,
  }
}
