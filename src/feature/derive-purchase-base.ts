import { countUtcDays, DAY_MS } from './count-utc-days.ts'

/** A line of an order. `at` in ms since 1970; `amount` in one currency, negative for a return, absent if unknown. */
export interface OrderLine {
  readonly orderKey: string
  readonly at: number
  readonly amount?: number
}

export interface PurchaseBase {
  readonly firstPurchaseAt?: number
  readonly lastPurchaseAt?: number
  readonly purchases: number
  readonly purchases30d: number
  readonly totalSpent: number
  readonly averageOrderValue?: number
  readonly recencyDays?: number
}

/** Money is added in ten-thousandths, whole numbers: the sum does not depend on the order of the lines. */
const MONEY_UNITS = 10_000
/** An average is a price again: shown to the cent, as people quote money. Sums keep what the lines say. */
const UNITS_OF_A_CENT = MONEY_UNITS / 100

/**
 * What one person bought until `asOf` (ms since 1970; later lines are not there yet).
 * Lines of one order are one purchase, made when its first line was. An order is a purchase when a line of it costs
 * something or names no amount: returns and gifts lower the total but are no purchase and move no date.
 * `totalSpent` is net of returns; `averageOrderValue` is per purchase, to two decimals, halves away from zero.
 * Nobody's purchases: zeros and no dates. Order-free.
 */
export function derivePurchaseBase(lines: readonly OrderLine[], asOf: number): PurchaseBase {
  const orders = new Map<string, { at: number; isPurchase: boolean }>()
  let spent = 0
  for (const { orderKey, at, amount } of lines) {
    if (at > asOf) continue
    const order = orders.get(orderKey) ?? { at, isPurchase: false }
    order.at = Math.min(order.at, at)
    order.isPurchase ||= amount === undefined || amount > 0
    orders.set(orderKey, order)
    spent += Math.round((amount ?? 0) * MONEY_UNITS)
  }
  let firstPurchaseAt = Infinity
  let lastPurchaseAt = -Infinity
  let purchases = 0
  let purchases30d = 0
  for (const { at, isPurchase } of orders.values()) {
    if (!isPurchase) continue
    purchases += 1
    if (asOf - at <= 30 * DAY_MS) purchases30d += 1
    firstPurchaseAt = Math.min(firstPurchaseAt, at)
    lastPurchaseAt = Math.max(lastPurchaseAt, at)
  }
  const totalSpent = spent / MONEY_UNITS
  if (purchases === 0) return { purchases, purchases30d, totalSpent }
  return {
    firstPurchaseAt,
    lastPurchaseAt,
    purchases,
    purchases30d,
    totalSpent,
    averageOrderValue: averageToCents(spent, purchases),
    recencyDays: countUtcDays(lastPurchaseAt, asOf),
  }
}

/** Halves away from zero, as invoices do; a loss of 0.125 is not rounded another way than a gain of it. */
function averageToCents(spent: number, purchases: number): number {
  const cents = Math.round(Math.abs(spent) / (purchases * UNITS_OF_A_CENT))
  return cents === 0 ? 0 : (Math.sign(spent) * cents) / 100
}
