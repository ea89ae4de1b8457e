import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countUtcDays } from '../../src/feature/count-utc-days.ts'
import { derivePurchaseBase } from '../../src/feature/derive-purchase-base.ts'

const DAY = 86_400_000
const MIDNIGHT = Date.UTC(2026, 5, 15)

const orderLines = fc.array(
  fc.record(
    {
      orderKey: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
      at: fc.integer({ min: MIDNIGHT - 60 * DAY, max: MIDNIGHT + 5 * DAY }),
      amount: fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(0.1, 0.2, 19.99, -0.3)),
    },
    { requiredKeys: ['orderKey', 'at'] },
  ),
  { maxLength: 20 },
)

describe('derivePurchaseBase', () => {
  it('says nothing of dates and averages for people who never bought', () => {
    expect(derivePurchaseBase([], MIDNIGHT)).toEqual({
      ...{ purchases: 0, purchases30d: 0, periodPurchases: 0, purchaseDays: 0, pricedRepeatDays: 0 },
      ...{ totalSpent: 0, spent30d: 0, spentChange30d: 0, periodSpent: 0 },
    })
  })

  it('counts the lines of one order as one purchase, made with its first line', () => {
    const lines = [
      { orderKey: 'o1', at: MIDNIGHT - 40 * DAY, amount: 10 },
      { orderKey: 'o1', at: MIDNIGHT - 39 * DAY, amount: 2.5 },
      { orderKey: 'o2', at: MIDNIGHT - 3 * DAY, amount: 7.5 },
    ]
    expect(derivePurchaseBase(lines, MIDNIGHT)).toEqual({
      firstPurchaseAt: MIDNIGHT - 40 * DAY,
      lastPurchaseAt: MIDNIGHT - 3 * DAY,
      purchases: 2,
      purchases30d: 1,
      periodPurchases: 2,
      totalSpent: 20,
      spent30d: 7.5,
      // The second line of the first order came within the 60 days, too: an order counts with its first line.
      spentChange30d: -5,
      periodSpent: 20,
      averageOrderValue: 10,
      recencyDays: 3,
      daysBetweenPurchases: 37,
      purchaseOverdue: 3 / 37,
      purchaseDays: 2,
      pricedRepeatDays: 1,
      repeatDayAmount: 7.5,
    })
  })

  it('counts and adds what is within the declared period, both ends included', () => {
    const lines = [90, 91].map((days) => ({ orderKey: `o${days}`, at: MIDNIGHT - days * DAY, amount: days }))
    const within = derivePurchaseBase(lines, MIDNIGHT, 90)
    expect(within).toMatchObject({ purchases: 2, totalSpent: 181, periodPurchases: 1, periodSpent: 90 })
  })

  it('has no rhythm of what was all bought at once', () => {
    const lines = ['o1', 'o2'].map((orderKey) => ({ orderKey, at: MIDNIGHT - DAY, amount: 1 }))
    expect(derivePurchaseBase(lines, MIDNIGHT)).not.toHaveProperty('purchaseOverdue')
  })

  it('takes returns off the total, but not for purchases', () => {
    const lines = [
      { orderKey: 'o1', at: MIDNIGHT - 9 * DAY, amount: 30 },
      { orderKey: 'return', at: MIDNIGHT - DAY, amount: -12 },
      { orderKey: 'gift', at: MIDNIGHT, amount: 0 },
    ]
    expect(derivePurchaseBase(lines, MIDNIGHT)).toMatchObject({ purchases: 1, totalSpent: 18, recencyDays: 9 })
  })

  it('counts an order without an amount', () => {
    expect(derivePurchaseBase([{ orderKey: 'o1', at: MIDNIGHT }], MIDNIGHT)).toMatchObject({
      purchases: 1,
      totalSpent: 0,
      averageOrderValue: 0,
    })
  })

  it('does not know the future', () => {
    const lines = [
      { orderKey: 'o1', at: MIDNIGHT, amount: 5 },
      { orderKey: 'o2', at: MIDNIGHT + 1, amount: 5 },
    ]
    expect(derivePurchaseBase(lines, MIDNIGHT)).toMatchObject({ purchases: 1, totalSpent: 5 })
  })

  it('counts a purchase of exactly 30 days ago, and none a millisecond older', () => {
    const at = (when: number) => derivePurchaseBase([{ orderKey: 'o1', at: when, amount: 1 }], MIDNIGHT).purchases30d
    expect(at(MIDNIGHT - 30 * DAY)).toBe(1)
    expect(at(MIDNIGHT - 30 * DAY - 1)).toBe(0)
  })

  it('adds money exactly', () => {
    const lines = [0.1, 0.2, 0.3, 19.99].map((amount, index) => ({ orderKey: `o${index}`, at: MIDNIGHT, amount }))
    expect(derivePurchaseBase(lines, MIDNIGHT).totalSpent).toBe(20.59)
  })

  it.each([
    [[10, 10, 0.01], 6.67],
    [[0.01, 0.02], 0.02],
    [[0.1, 0.2, 0.3], 0.2],
    [[1.005], 1.01],
    [[0.001], 0],
  ])('gives the average order of %j to the cent: %d', (amounts, expected) => {
    const lines = amounts.map((amount, index) => ({ orderKey: `o${index}`, at: MIDNIGHT, amount }))
    expect(derivePurchaseBase(lines, MIDNIGHT).averageOrderValue).toBe(expected)
  })

  it('rounds the average of more returns than purchases like its opposite', () => {
    const bought = ['o1', 'o2'].map((orderKey) => ({ orderKey, at: MIDNIGHT, amount: 1 }))
    const returned = { orderKey: 'return', at: MIDNIGHT, amount: -2.01 }
    expect(derivePurchaseBase([...bought, returned], MIDNIGHT).averageOrderValue).toBe(-0.01)
    expect(derivePurchaseBase([...bought, { ...returned, amount: -2.001 }], MIDNIGHT).averageOrderValue).toBe(0)
  })

  it('does not depend on the order of the lines', () => {
    const shuffled = orderLines.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    )
    fc.assert(
      fc.property(shuffled, ([lines, other]) => {
        expect(derivePurchaseBase(other, MIDNIGHT)).toEqual(derivePurchaseBase(lines, MIDNIGHT))
      }),
    )
  })
})

describe('countUtcDays', () => {
  it('counts dates, not hours', () => {
    expect(countUtcDays(Date.UTC(2026, 5, 14, 23, 59), Date.UTC(2026, 5, 15, 0, 1))).toBe(1)
    expect(countUtcDays(Date.UTC(2026, 5, 15, 0, 0), Date.UTC(2026, 5, 15, 23, 59))).toBe(0)
    expect(countUtcDays(Date.UTC(2026, 5, 16), Date.UTC(2026, 5, 15))).toBe(-1)
    expect(countUtcDays(Date.UTC(1969, 11, 31, 12), Date.UTC(1970, 0, 1))).toBe(1)
  })
})
