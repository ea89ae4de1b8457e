import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeatureRow } from '../../src/feature/feature-row.ts'
import { BUILT_IN_SEGMENTS } from '../../src/segment/built-in-segments.ts'
import { ENGAGEMENT_TIERS } from '../../src/segment/engagement-tiers.ts'
import { evaluateSegments } from '../../src/segment/evaluate-segments.ts'
import { RFM_TEN_SEGMENTS } from '../../src/segment/rfm-ten-segments.ts'
import { RFM_THREE_WAY } from '../../src/segment/rfm-three-way.ts'
import { buildFeatureRow } from './build-feature-row.ts'

const DAY = 86_400_000
const NOON = Date.UTC(2026, 5, 15, 12)
const SCORES = [1, 2, 3, 4, 5]
const CELLS = SCORES.flatMap((r) => SCORES.flatMap((f) => SCORES.map((m) => ({ r, f, m }))))

function segmentsOf(features: Partial<FeatureRow>, definitions = BUILT_IN_SEGMENTS): string[] {
  return evaluateSegments([buildFeatureRow(features)], definitions, NOON).map((membership) => membership.segmentId)
}

describe('the three-way RFM scheme', () => {
  it('puts each of the 125 score combinations in exactly one segment, as its definition reads', () => {
    const counts: Record<string, number> = {}
    for (const { r, f, m } of CELLS) {
      const segments = segmentsOf({ r, f, m }, RFM_THREE_WAY)
      expect(segments).toHaveLength(1)
      const each = (from: number, to: number) => [r, f, m].every((score) => score >= from && score <= to)
      const expected = each(5, 5) ? 'champions' : each(3, 4) ? 'potential' : each(1, 2) ? 'at_risk' : 'others'
      expect(segments).toEqual([`rfm3_${expected}`])
      counts[expected] = (counts[expected] ?? 0) + 1
    }
    expect(counts).toEqual({ champions: 1, potential: 8, at_risk: 8, others: 108 })
  })

  it('puts people who never bought in the fallback', () => {
    expect(segmentsOf({}, RFM_THREE_WAY)).toEqual(['rfm3_others'])
  })
})

describe('the ten-segment RFM scheme', () => {
  // The table once more, by hand, as digits: R from, R to, F from, F to, M from, M to.
  const table: [string, string][] = [
    ['champions', '555555'],
    ['potential_loyalist', '353525'],
    ['loyal_customers', '242424'],
    ['promising', '341335'],
    ['new_customers', '451315'],
    ['cant_lose_them', '123445'],
    ['at_risk', '122545'],
    ['need_attention', '133535'],
    ['about_to_sleep', '231314'],
    ['lost', '111515'],
  ]

  it('puts each of the 125 score combinations in exactly one segment, the first that holds', () => {
    for (const { r, f, m } of CELLS) {
      const expected = table.find(([, digits]) => {
        const [r1, r2, f1, f2, m1, m2] = [...digits].map(Number) as [number, number, number, number, number, number]
        return r >= r1 && r <= r2 && f >= f1 && f <= f2 && m >= m1 && m <= m2
      })
      expect(segmentsOf({ r, f, m }, RFM_TEN_SEGMENTS)).toEqual([`rfm10_${expected?.[0] ?? 'others'}`])
    }
  })

  it.each([
    [5, 5, 5, 'champions'],
    [5, 5, 4, 'potential_loyalist'],
    [3, 3, 2, 'potential_loyalist'],
    [2, 2, 2, 'loyal_customers'],
    [4, 1, 3, 'promising'],
    [5, 1, 1, 'new_customers'],
    [1, 4, 5, 'cant_lose_them'],
    [1, 5, 5, 'at_risk'],
    [1, 5, 3, 'need_attention'],
    [3, 1, 1, 'about_to_sleep'],
    [1, 1, 1, 'lost'],
    [2, 5, 1, 'others'],
  ])('R %i F %i M %i is %s', (r, f, m, segment) => {
    expect(segmentsOf({ r, f, m }, RFM_TEN_SEGMENTS)).toEqual([`rfm10_${segment}`])
  })

  it('puts people who never bought in the fallback', () => {
    expect(segmentsOf({}, RFM_TEN_SEGMENTS)).toEqual(['rfm10_others'])
  })
})

describe('the engagement tiers', () => {
  it.each([
    // opens and clicks per mille
    [751, 501, 'high'],
    [1000, 1000, 'high'],
    [750, 501, 'moderate'], // exactly 75 % is the middle tier
    [751, 500, 'moderate'], // exactly 50 % is the middle tier
    [750, 500, 'moderate'],
    [300, 100, 'moderate'], // exactly 30 % and 10 % are the middle tier
    [300, 501, 'moderate'],
    [299, 100, 'disengaged'],
    [300, 99, 'disengaged'],
    [800, 300, 'moderate'], // many opens, some clicks: the lower tier wins
    [1000, 99, 'disengaged'],
    [299, 1000, 'disengaged'],
    [0, 0, 'disengaged'],
  ])('%i opens and %i clicks of 1,000 messages are %s', (opens, clicks, tier) => {
    expect(segmentsOf({ sends: 1000, opens, clicks }, ENGAGEMENT_TIERS)).toEqual([`engagement_${tier}`])
  })

  it('say nothing of people who were sent fewer than 10 messages', () => {
    expect(segmentsOf({ sends: 9, opens: 9, clicks: 9 }, ENGAGEMENT_TIERS)).toEqual(['engagement_unknown'])
    expect(segmentsOf({ sends: 0 }, ENGAGEMENT_TIERS)).toEqual(['engagement_unknown'])
    expect(segmentsOf({ sends: 10, opens: 10, clicks: 10 }, ENGAGEMENT_TIERS)).toEqual(['engagement_high'])
  })

  it('put everybody in exactly one tier', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), (sends, opens, clicks) => {
        expect(segmentsOf({ sends, opens, clicks }, ENGAGEMENT_TIERS)).toHaveLength(1)
      }),
    )
  })

  it('suppress the disengaged and nobody else', () => {
    const suppressing = BUILT_IN_SEGMENTS.filter((definition) => definition.suppresses)
    expect(suppressing.map((definition) => definition.id)).toEqual(['engagement_disengaged'])
  })
})

describe('segments by purchases and behaviour', () => {
  const bought = (daysAgo: number, extra: Partial<FeatureRow> = {}) => ({
    purchases: 1,
    lastPurchaseAt: NOON - daysAgo * DAY,
    ...extra,
  })

  it.each<[string, Partial<FeatureRow>, boolean]>([
    ['high_frequency', { purchases30d: 4 }, true],
    ['high_frequency', { purchases30d: 3, purchases: 40 }, false],
    ['recent_buyers', bought(0), true],
    ['recent_buyers', bought(7), true],
    ['recent_buyers', { purchases: 1, lastPurchaseAt: NOON - 7 * DAY - 1 }, false],
    ['recent_buyers', {}, false],
    ['premium', { monetaryPercentile: 0.8 }, true],
    ['premium', { monetaryPercentile: 0.7999 }, false],
    ['premium', {}, false],
    ['top_10_percent', { monetaryPercentile: 0.9 }, true],
    ['top_10_percent', { monetaryPercentile: 0.8999 }, false],
    ['high_value_recent_buyer', bought(30, { purchases: 4, totalSpent: 500.01 }), true],
    ['high_value_recent_buyer', bought(30, { purchases: 3, totalSpent: 9000 }), false],
    ['high_value_recent_buyer', bought(30, { purchases: 4, totalSpent: 500 }), false],
    ['high_value_recent_buyer', { purchases: 4, totalSpent: 501, lastPurchaseAt: NOON - 30 * DAY - 1 }, false],
    ['high_value_recent_buyer', { purchases: 4, totalSpent: 501 }, false],
    ['lapsed', { r: 2, f: 4, m: 1 }, true],
    ['lapsed', { r: 1, f: 1, m: 4 }, true],
    ['lapsed', { r: 3, f: 5, m: 5 }, false],
    ['lapsed', { r: 2, f: 3, m: 3 }, false],
    ['lapsed', {}, false],
    ['upsell', { r: 1, f: 4, m: 2 }, true],
    ['upsell', { r: 1, f: 3, m: 2 }, false],
    ['upsell', { r: 1, f: 4, m: 3 }, false],
    ['win_back', { r: 1, f: 1, m: 4, purchaseOverdue: 2.01 }, true],
    ['win_back', { r: 1, f: 1, m: 4, purchaseOverdue: 2 }, false],
    ['win_back', { r: 1, f: 1, m: 4 }, false],
    ['win_back', { r: 1, f: 1, m: 3, purchaseOverdue: 9 }, false],
    ['churn_risk', { purchases: 2, pAlive: 0.49 }, true],
    ['churn_risk', { purchases: 2, pAlive: 0.5 }, false],
    ['churn_risk', { purchases: 1, pAlive: 0.1 }, false],
    ['churn_risk', { purchases: 2 }, false],
    ['occasional_buyers', bought(365, { r: 1, f: 2, m: 1 }), true],
    ['occasional_buyers', bought(366, { r: 1, f: 2, m: 1 }), false],
    ['occasional_buyers', bought(1, { r: 5, f: 3, m: 1 }), false],
    ['power_users', { engagementScore: 75 }, true],
    ['power_users', { engagementScore: 74.99 }, false],
    ['frequent_browsers', { sessions30d: 8 }, true],
    ['frequent_browsers', { sessions30d: 7 }, false],
    ['frequent_browsers', { sessions30d: 20, purchases30d: 1 }, false],
    ['high_value_engaged', { monetaryPercentile: 0.8, engagementScore: 50 }, true],
    ['high_value_engaged', { monetaryPercentile: 0.79, engagementScore: 90 }, false],
    ['high_value_engaged', { monetaryPercentile: 0.9, engagementScore: 49 }, false],
    ['new_customers_90d', { firstPurchaseAt: NOON - 90 * DAY }, true],
    ['new_customers_90d', { firstPurchaseAt: NOON - 90 * DAY - 1 }, false],
    ['new_customers_90d', {}, false],
  ])('%s with %o: %s', (segment, features, isMember) => {
    expect(segmentsOf(features).includes(segment)).toBe(isMember)
  })

  it('ends to the millisecond when time alone ends it', () => {
    const row = buildFeatureRow(bought(5, { purchases: 4, totalSpent: 600, firstPurchaseAt: NOON - 80 * DAY }))
    const find = (id: string, at: number) =>
      evaluateSegments([row], BUILT_IN_SEGMENTS, at).find((membership) => membership.segmentId === id)
    for (const id of ['recent_buyers', 'high_value_recent_buyer', 'new_customers_90d']) {
      const end = find(id, NOON)?.expiresAt ?? Number.NaN
      expect(find(id, end - 1)).toBeDefined()
      expect(find(id, end)).toBeUndefined()
    }
  })
})

describe('evaluateSegments', () => {
  it('says why, in numbers, and under which version', () => {
    const row = buildFeatureRow({ purchases: 4, lastPurchaseAt: NOON - 1.5 * DAY, totalSpent: 612.5 })
    expect(evaluateSegments([row], BUILT_IN_SEGMENTS, NOON)).toContainEqual({
      profileId: 'prf_1',
      segmentId: 'high_value_recent_buyer',
      version: 1,
      reason: `4 purchases (above 3); last purchase ${new Date(NOON - 1.5 * DAY).toISOString().slice(0, 16)}Z (within 30 days); 612.5 spent (above 500)`,
      expiresAt: NOON + 28.5 * DAY + 1,
    })
    const scored = buildFeatureRow({ r: 5, f: 5, m: 5 })
    expect(evaluateSegments([scored], RFM_THREE_WAY, NOON)[0]?.reason).toBe('R 5, F 5, M 5')
  })

  it('judges each person by their own row', () => {
    const rows = CELLS.map((cell, index) => buildFeatureRow({ profileId: `prf_${index}`, ...cell }))
    const together = evaluateSegments(rows, BUILT_IN_SEGMENTS, NOON)
    expect(together).toEqual(rows.flatMap((row) => evaluateSegments([row], BUILT_IN_SEGMENTS, NOON)))
  })

  it('refuses two segments of one id', () => {
    expect(() => evaluateSegments([], [...RFM_THREE_WAY, ...RFM_THREE_WAY], NOON)).toThrow(
      expect.objectContaining({ code: 'segment.repeated_id' }),
    )
  })
})

describe('the built-in definitions', () => {
  it('each have an id of their own, a version, an owner, a description and a review date', () => {
    expect(new Set(BUILT_IN_SEGMENTS.map((definition) => definition.id)).size).toBe(BUILT_IN_SEGMENTS.length)
    for (const definition of BUILT_IN_SEGMENTS) {
      expect(definition.id).toMatch(/^[a-z][a-z0-9_]*$/)
      expect(definition.version).toBeGreaterThanOrEqual(1)
      expect(definition.owner).not.toBe('')
      expect(definition.description).not.toBe('')
      expect(definition.reviewDate).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })

  it('end every scheme in a fallback', () => {
    for (const scheme of new Set(BUILT_IN_SEGMENTS.flatMap((definition) => definition.scheme ?? []))) {
      const last = BUILT_IN_SEGMENTS.findLast((definition) => definition.scheme === scheme)
      expect(last?.rule.kind).toBe('otherwise')
    }
  })
})
