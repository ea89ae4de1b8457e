import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CART_MS, countAbandonedCarts } from '../../src/feature/count-abandoned-carts.ts'

const HOUR = 3_600_000
const NOW = 100 * 24 * HOUR

test('a cart is left when a day has passed since the last addition, and not yet at its end', () => {
  expect(countAbandonedCarts([], [], NOW)).toBe(0)
  expect(countAbandonedCarts([NOW - CART_MS], [], NOW)).toBe(0)
  expect(countAbandonedCarts([NOW - CART_MS - 1], [], NOW)).toBe(1)
})

test('additions a day apart are one cart, those further apart are two', () => {
  expect(countAbandonedCarts([0, HOUR, HOUR + CART_MS], [], NOW)).toBe(1)
  expect(countAbandonedCarts([0, HOUR, HOUR + CART_MS + 1], [], NOW)).toBe(2)
})

test('a purchase until a day after the last addition empties the cart, a later one comes too late', () => {
  expect(countAbandonedCarts([0, HOUR], [HOUR + CART_MS], NOW)).toBe(0)
  expect(countAbandonedCarts([0, HOUR], [HOUR + CART_MS + 1], NOW)).toBe(1)
  expect(countAbandonedCarts([HOUR], [HOUR], NOW)).toBe(0)
  // Bought before: what was added then is another cart.
  expect(countAbandonedCarts([HOUR], [0], NOW)).toBe(1)
  expect(countAbandonedCarts([0, 2 * HOUR], [HOUR], NOW)).toBe(1)
})

test('the order in which things are told does not matter', () => {
  const instants = fc.array(
    fc.nat({ max: 20 }).map((n) => n * 12 * HOUR),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(instants, instants, (additions, purchases) => {
      expect(countAbandonedCarts(additions.toReversed(), purchases.toReversed(), NOW)).toBe(
        countAbandonedCarts(additions, purchases, NOW),
      )
    }),
  )
})
