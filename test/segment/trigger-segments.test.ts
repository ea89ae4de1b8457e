import { describe, expect, test } from 'vitest'
import { BUILT_IN_SEGMENTS } from '../../src/segment/built-in-segments.ts'
import { judgeSegments } from '../../src/segment/evaluate-segments.ts'
import { INTERACTION, PURCHASE, type TimedEvent } from '../../src/segment/timeline.ts'
import { buildFeatureRow } from './build-feature-row.ts'

const NOON = Date.UTC(2026, 5, 30, 12)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

type Told = readonly [name: string, minutesAgo: number, properties?: TimedEvent['properties']]

/** Which of these segments somebody is in who did this, so many ms after noon, and until when. */
function judge(told: readonly Told[], afterMs = 0, row = buildFeatureRow({})) {
  const timeline = new Map<string, TimedEvent[]>()
  for (const [name, minutesAgo, properties = {}] of told.toSorted((a, b) => b[1] - a[1])) {
    const event = { at: NOON - minutesAgo * MINUTE, amount: 0, properties }
    for (const own of [name, ...(name === PURCHASE || name === 'Cart Abandoned' ? [] : [INTERACTION])])
      timeline.set(own, [...(timeline.get(own) ?? []), event])
  }
  return judgeSegments({ row, timeline }, BUILT_IN_SEGMENTS, NOON + afterMs)
}

function isIn(segment: string, told: readonly Told[], afterMs = 0, row = buildFeatureRow({})): boolean {
  return judge(told, afterMs, row).get(segment)!.holds
}

const times = (count: number, event: Told): Told[] => Array.from({ length: count }, () => event)

describe('segments of what happens just now [F3]', () => {
  test('more than 5 interactions in the last 10 minutes are high engagement, until the sixth is older', () => {
    expect(isIn('high_engagement', times(5, ['page', 0]))).toBe(false)
    const six: Told[] = [...times(5, ['page', 0]), ['Search', 10]]
    expect(isIn('high_engagement', six)).toBe(true)
    expect(judge(six).get('high_engagement')!.until).toBe(NOON + 1)
    expect(isIn('high_engagement', six, 1)).toBe(false)
  })

  test('one product viewed more than 3 times in an hour is, several products are not', () => {
    const views = (product: string, count: number): Told[] => times(count, ['Product Viewed', 60, { product }])
    expect(isIn('repeat_product_views', [...views('a', 3), ...views('b', 3)])).toBe(false)
    expect(isIn('repeat_product_views', [...views('a', 4), ...views('b', 1)])).toBe(true)
    expect(isIn('repeat_product_views', views('a', 4), 1)).toBe(false)
    // What does not say which product it is of is of none.
    expect(isIn('repeat_product_views', times(9, ['Product Viewed', 1]))).toBe(false)
  })

  test('of products from a price of 100 on three views of one in a day are enough', () => {
    const views = (price: number, product = 'a'): Told[] => times(3, ['Product Viewed', 60 * 24, { product, price }])
    expect(isIn('high_value_product_views', views(99.99))).toBe(false)
    expect(isIn('high_value_product_views', views(100))).toBe(true)
    expect(isIn('high_value_product_views', views(100), 1)).toBe(false)
    expect(isIn('high_value_product_views', [...views(100).slice(1), ...views(100, 'b').slice(1)])).toBe(false)
  })

  test('whoever abandoned a cart is at risk while the last event is less than 30 minutes ago', () => {
    expect(isIn('cart_at_risk', [['Cart Abandoned', 0]])).toBe(true)
    expect(isIn('cart_at_risk', [['Cart Abandoned', 30]], -1)).toBe(true)
    expect(isIn('cart_at_risk', [['Cart Abandoned', 30]])).toBe(false)
    expect(
      isIn('cart_at_risk', [
        ['Cart Abandoned', 90],
        ['page', 29],
      ]),
    ).toBe(true)
    expect(isIn('cart_at_risk', [['page', 1]])).toBe(false)
    for (const bought of [PURCHASE, 'Order Completed'])
      expect(
        isIn('cart_at_risk', [
          ['Cart Abandoned', 20],
          [bought, 10],
        ]),
      ).toBe(false)
  })

  test('abandoners are known at once, and apart by whether they had started the checkout', () => {
    const segments = (told: readonly Told[], afterMs = 0): string[] =>
      Array.from(judge(told, afterMs), ([id, { holds }]) =>
        holds && id.startsWith('recent_abandoners') ? id : '',
      ).filter((id) => id !== '')
    const browsing = ['recent_abandoners', 'recent_abandoners_browsing']
    const checkout = ['recent_abandoners', 'recent_abandoners_checkout']
    expect(segments([['Product Added', 30]])).toEqual([])
    expect(segments([['Product Added', 30]], 1)).toEqual(browsing)
    expect(
      segments([
        ['Product Added', 5],
        ['Cart Abandoned', 0],
      ]),
    ).toEqual(browsing)
    expect(
      segments([
        ['Product Added', 5],
        ['Checkout Started', 3],
        ['Cart Abandoned', 0],
      ]),
    ).toEqual(checkout)
    expect(
      segments([
        ['Product Added', 40],
        ['Checkout Started', 35],
        ['Order Completed', 34],
      ]),
    ).toEqual([])
    expect(segments([['Cart Abandoned', 24 * 60]], -1)).toEqual(browsing)
    expect(segments([['Cart Abandoned', 24 * 60]])).toEqual([])
    expect(judge([['Product Added', 0]]).get('recent_abandoners')!.until).toBe(NOON + 30 * MINUTE + 1)
    expect(judge([['Product Added', 31]]).get('recent_abandoners')!.until).toBe(NOON - MINUTE + DAY + 1)
  })

  test('a buyer at risk who looks at a product is known until they buy, or half an hour later', () => {
    const atRisk = buildFeatureRow({ purchases: 1, r: 1, f: 2, m: 1 })
    expect(isIn('at_risk_browsing', [['Product Viewed', 0]], 0, atRisk)).toBe(true)
    expect(isIn('at_risk_browsing', [['Product Viewed', 0]])).toBe(false)
    expect(isIn('at_risk_browsing', [['Product Viewed', 30]], -1, atRisk)).toBe(true)
    expect(isIn('at_risk_browsing', [['Product Viewed', 30]], 0, atRisk)).toBe(false)
    expect(
      isIn(
        'at_risk_browsing',
        [
          ['Product Viewed', 2],
          [PURCHASE, 1],
        ],
        0,
        atRisk,
      ),
    ).toBe(false)
  })
})
