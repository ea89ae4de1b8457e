import { DAY_MS } from './count-utc-days.ts'

/** Who buys within a day of the last addition had the cart in mind; a visit at the same hour of the next day still does. */
export const CART_MS = DAY_MS

/**
 * Carts that somebody filled and left [E4]: additions follow each other within `CART_MS` without a purchase between them,
 * and none came within `CART_MS` of the last, ends included. One that is younger at `asOf` is not left yet. Times in ms
 * since 1970, those after `asOf` left out by the caller; what is bought as it is added is bought. Order-free.
 */
export function countAbandonedCarts(additions: readonly number[], purchases: readonly number[], asOf: number): number {
  if (additions.length === 0) return 0
  const steps = [
    ...additions.map((at) => ({ at, isPurchase: false })),
    ...purchases.map((at) => ({ at, isPurchase: true })),
  ].toSorted((left, right) => left.at - right.at || Number(left.isPurchase) - Number(right.isPurchase))
  // The instant itself ends the walk as a purchase would: whatever is open is left, or too young to be.
  const end = { at: asOf, isPurchase: true }
  let abandoned = 0
  let addedAt: number | undefined
  for (const { at, isPurchase } of [...steps, end]) {
    if (addedAt !== undefined && at - addedAt > CART_MS) abandoned += 1
    addedAt = isPurchase ? undefined : at
  }
  return abandoned
}
