/** Days of purchase, counted from the first day of a year, of one buyer. */
export type InventedBuyer = readonly number[]

/**
 * Buyers who do as BG/NBD says, with r = 1 and a = 1: rates are exponential with a mean of `1 / alpha` a week, and the
 * chance of leaving after a purchase is beta distributed (1, `b`). All begin within the first tenth of the time.
 */
export function inventBuyers(
  count: number,
  {
    alpha,
    b,
    days,
    seed,
  }: { readonly alpha: number; readonly b: number; readonly days: number; readonly seed: number },
): InventedBuyer[] {
  let state = seed
  // Marsaglia's xorshift: enough for tests, the same everywhere.
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return ((state >>> 0) + 0.5) / 2 ** 32
  }
  return Array.from({ length: count }, () => {
    const perDay = -Math.log(next()) / alpha / 7
    const leaving = 1 - next() ** (1 / b)
    const bought: number[] = []
    for (let day = (next() * days) / 10; day < days; day += -Math.log(next()) / perDay) {
      bought.push(Math.floor(day))
      if (bought.length > 1 && next() < leaving) break
    }
    return bought
  })
}
