import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import type { InventedPerson } from './invented-person.ts'
import { GIFT, PRODUCTS } from './products.ts'
import type { Product } from './products.ts'
import type { Purchase, PurchaseLine, ShoppingHabit } from './purchase.ts'

const DAY_MS = 86_400_000

/** Habit and the share of people who have it, 0 to 1; nobody else buys. At least one person has each. */
const HABITS: readonly (readonly [ShoppingHabit, number])[] = [
  ['frequent', 0.03],
  ['loyal', 0.06],
  ['lapsed_loyal', 0.04],
  ['big_spender', 0.025],
  ['recent', 0.09],
  ['occasional', 0.15],
]

/**
 * Decides who bought what and when, so that every purchase segment has members at `asOf`: more than 3 orders within
 * 30 days, an order within the last 7, loyal once and silent for 180 days, rare but expensive orders.
 * Sorted by time, named `#1001` on; about 1 order and 2.8 lines a person. A few orders have no buyer.
 * What makes somebody a member of a segment is always a paid order.
 */
export function planPurchases(seed: number, people: readonly InventedPerson[], asOf: Date): readonly Purchase[] {
  const random = createRandom(seed, 'purchases')
  const purchases: Omit<Purchase, 'orderName'>[] = []
  const queue = random.shuffle(people)
  let next = 0
  for (const [habit, share] of HABITS) {
    const members = Math.max(1, Math.round(people.length * share))
    for (const buyer of queue.slice(next, next + members)) {
      const hasAccount = habit !== 'occasional' && habit !== 'recent' ? random.chance(0.9) : random.chance(0.6)
      agesOfOrders(random, habit).forEach((ageDays, rank) => {
        purchases.push({
          buyer,
          atMs: asOf.getTime() - Math.round(ageDays * DAY_MS),
          // Only an extra order may fail: the ones that make the segment stand.
          status: rank >= 5 || habit === 'occasional' ? pickStatus(random) : 'paid',
          signedIn: hasAccount && random.chance(0.9),
          lines: fillBasket(random, habit),
        })
      })
    }
    next += members
  }
  for (let counter = Math.ceil(people.length * 0.03); counter > 0; counter -= 1) {
    const atMs = asOf.getTime() - Math.round((1 + random.fraction() * 300) * DAY_MS)
    purchases.push({ atMs, status: 'paid', signedIn: false, lines: fillBasket(random, 'occasional') })
  }
  return purchases
    .sort((left, right) => left.atMs - right.atMs)
    .map((purchase, rank) => ({ ...purchase, orderName: `#${1001 + rank}` }))
}

/** Days before `asOf`; the ones the habit's segment rests on come first. */
function agesOfOrders(random: Random, habit: ShoppingHabit): number[] {
  const within = (count: number, fromDays: number, toDays: number): number[] =>
    Array.from({ length: count }, () => fromDays + random.fraction() * (toDays - fromDays))
  switch (habit) {
    case 'frequent':
      return [
        ...within(1, 0.1, 6.5),
        ...within(random.integer(3, 4), 0.5, 29),
        ...within(random.integer(0, 3), 31, 200),
      ]
    case 'loyal':
      return within(random.integer(3, 5), 8, 300)
    case 'lapsed_loyal':
      return within(random.integer(4, 6), 200, 700)
    case 'big_spender':
      return within(random.integer(1, 3), 10, 320)
    case 'recent':
      return within(1, 0.1, 6.8)
    case 'occasional':
      return within(random.chance(0.15) ? 2 : 1, 8, 540)
  }
}

function pickStatus(random: Random): Purchase['status'] {
  return random.pick(['paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'pending', 'refunded', 'voided'])
}

function fillBasket(random: Random, habit: ShoppingHabit): PurchaseLine[] {
  const shelf =
    habit === 'big_spender' ? PRODUCTS.filter(isExpensive) : PRODUCTS.filter((product) => !isExpensive(product))
  const lines = random
    .shuffle(shelf)
    .slice(0, random.pick([1, 2, 2, 3, 3, 4, 5]))
    .map((product) => ({ product, quantity: random.pick([1, 1, 1, 1, 2, 3]) }))
  if (random.chance(0.12)) lines.push({ product: GIFT, quantity: 1 })
  return lines
}

function isExpensive(product: Product): boolean {
  return product.priceCents >= 30_000
}
