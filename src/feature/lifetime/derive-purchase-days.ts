import { DAY_MS } from '../count-utc-days.ts'
import { MONEY_UNITS, type Order } from '../gather-orders.ts'
import type { PurchaseDay } from './purchase-summary.ts'

/** The UTC days on which somebody bought, with what the purchases of each came to, in their order. Returns move no day. */
export function derivePurchaseDays(orders: readonly Order[]): PurchaseDay[] {
  const units = new Map<number, number>()
  for (const order of orders) {
    if (!order.isPurchase) continue
    const day = Math.floor(order.at / DAY_MS)
    units.set(day, (units.get(day) ?? 0) + order.units)
  }
  const days = [...units].map(([day, sum]) => ({ day, amount: sum / MONEY_UNITS }))
  return days.toSorted((left, right) => left.day - right.day)
}
