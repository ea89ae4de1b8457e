/** A line of an order. `at` in ms since 1970; `amount` in one currency, negative for a return, absent if unknown. */
export interface OrderLine {
  readonly orderKey: string
  readonly at: number
  readonly amount?: number
}

/** Lines of one order. Money in ten-thousandths, whole numbers: sums do not depend on the order of the lines. */
export interface Order {
  /** Its first line. */
  readonly at: number
  /** Whether a line of it costs something or names no amount: returns and gifts are no purchase. */
  readonly isPurchase: boolean
  readonly units: number
}

export const MONEY_UNITS = 10_000

/** Puts the lines until `asOf` (ms since 1970; later ones are not there yet) together to orders. Order-free. */
export function gatherOrders(lines: readonly OrderLine[], asOf: number): Order[] {
  const orders = new Map<string, { at: number; isPurchase: boolean; units: number }>()
  for (const { orderKey, at, amount } of lines) {
    if (at > asOf) continue
    const order = orders.get(orderKey) ?? { at, isPurchase: false, units: 0 }
    order.at = Math.min(order.at, at)
    order.isPurchase ||= amount === undefined || amount > 0
    order.units += Math.round((amount ?? 0) * MONEY_UNITS)
    orders.set(orderKey, order)
  }
  return [...orders.values()]
}
