import { countUtcDays, DAY_MS } from './count-utc-days.ts'
import type { FeatureRow } from './feature-row.ts'
import { gatherOrders, MONEY_UNITS, type Order, type OrderLine } from './gather-orders.ts'
import { derivePurchaseDays } from './lifetime/derive-purchase-days.ts'
import { summarizeSpending } from './lifetime/purchase-summary.ts'

export type PurchaseBase = Pick<
  FeatureRow,
  | ('purchases' | 'purchases30d' | 'periodPurchases' | 'totalSpent' | 'spent30d' | 'spentChange30d' | 'periodSpent')
  | ('averageOrderValue' | 'firstPurchaseAt' | 'lastPurchaseAt' | 'recencyDays' | 'daysBetweenPurchases')
  | ('purchaseOverdue' | 'purchaseDays' | 'pricedRepeatDays' | 'repeatDayAmount')
>

const MONTH_MS = 30 * DAY_MS
/** An average is a price again: shown to the cent, as people quote money. Sums keep what the lines say. */
const UNITS_OF_A_CENT = MONEY_UNITS / 100

/** Nobody who ever ordered. */
const NO_PURCHASES: PurchaseBase = {
  purchases: 0,
  purchases30d: 0,
  periodPurchases: 0,
  totalSpent: 0,
  spent30d: 0,
  spentChange30d: 0,
  periodSpent: 0,
  purchaseDays: 0,
  pricedRepeatDays: 0,
}

/**
 * What one person bought until `asOf` (ms since 1970), all time and in windows that end there, both ends included; the
 * period that RFM scores is `periodDays` long, or all time. Money is net of returns, which are no purchase and move no
 * date; `averageOrderValue` is per purchase, to two decimals, halves away from zero. Nobody's purchases: zeros and no
 * dates. Order-free.
 */
export function derivePurchaseBase(lines: readonly OrderLine[], asOf: number, periodDays = Infinity): PurchaseBase {
  if (lines.length === 0) return NO_PURCHASES
  const orders = gatherOrders(lines, asOf)
  const bought = orders.filter(({ isPurchase }) => isPurchase)
  const within = ({ at }: Order, spanMs: number): boolean => asOf - at <= spanMs
  const addUnits = (some: readonly Order[]): number => some.reduce((sum, { units }) => sum + units, 0)
  const spend = (some: readonly Order[]): number => addUnits(some) / MONEY_UNITS
  const inPeriod = (order: Order): boolean => within(order, periodDays * DAY_MS)
  const month = orders.filter((order) => within(order, MONTH_MS))
  const before = orders.filter((order) => within(order, 2 * MONTH_MS) && !within(order, MONTH_MS))
  const days = derivePurchaseDays(orders)
  const base = {
    purchases: bought.length,
    purchases30d: bought.filter((order) => within(order, MONTH_MS)).length,
    periodPurchases: bought.filter(inPeriod).length,
    totalSpent: spend(orders),
    spent30d: spend(month),
    spentChange30d: (addUnits(month) - addUnits(before)) / MONEY_UNITS,
    periodSpent: spend(orders.filter(inPeriod)),
    purchaseDays: days.length,
    pricedRepeatDays: 0,
  }
  if (bought.length === 0) return base
  const firstPurchaseAt = bought.reduce((least, { at }) => Math.min(least, at), Infinity)
  const lastPurchaseAt = bought.reduce((most, { at }) => Math.max(most, at), -Infinity)
  const recencyDays = countUtcDays(lastPurchaseAt, asOf)
  const spending = summarizeSpending(days, Infinity)
  return {
    ...base,
    firstPurchaseAt,
    lastPurchaseAt,
    averageOrderValue: averageToCents(addUnits(orders), bought.length),
    recencyDays,
    ...deriveRhythm(firstPurchaseAt, lastPurchaseAt, bought.length, recencyDays),
    ...(spending === undefined ? {} : { pricedRepeatDays: spending.repeats, repeatDayAmount: spending.mean }),
  }
}

/**
 * How often somebody buys, and how late they are. Purchases all at one instant have no rhythm; who bought twice within a
 * day is late after a day: recency knows whole days only.
 */
function deriveRhythm(
  first: number,
  last: number,
  purchases: number,
  recencyDays: number,
): Pick<PurchaseBase, 'daysBetweenPurchases' | 'purchaseOverdue'> {
  if (purchases < 2) return {}
  const daysBetweenPurchases = (last - first) / (purchases - 1) / DAY_MS
  if (daysBetweenPurchases === 0) return { daysBetweenPurchases }
  return { daysBetweenPurchases, purchaseOverdue: recencyDays / Math.max(1, daysBetweenPurchases) }
}

/** Halves away from zero, as invoices do; a loss of 0.125 is not rounded another way than a gain of it. */
function averageToCents(spent: number, purchases: number): number {
  const cents = Math.round(Math.abs(spent) / (purchases * UNITS_OF_A_CENT))
  return cents === 0 ? 0 : (Math.sign(spent) * cents) / 100
}
