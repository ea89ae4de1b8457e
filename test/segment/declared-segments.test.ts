import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_TIMELINE } from '../../src/segment/timeline.ts'
import { INSTANTS, NUMBERS } from '../../src/feature/features.ts'
import type { FeatureRow } from '../../src/feature/feature-row.ts'
import type { AttributeName } from '../../src/feature/model-input.ts'
import { BUILT_IN_SEGMENTS } from '../../src/segment/built-in-segments.ts'
import { compileSegments } from '../../src/segment/compile-segments.ts'
import { type DeclaredRule, type DeclaredSegment, declaredSegment } from '../../src/segment/declared-segment.ts'
import { judgeSegments } from '../../src/segment/evaluate-segments.ts'
import { lintSegments } from '../../src/segment/lint-segments.ts'
import type { SegmentDefinition } from '../../src/segment/segment-definition.ts'
import { buildFeatureRow } from './build-feature-row.ts'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 5, 15, 12)

function declare(rule: DeclaredRule, more: Partial<DeclaredSegment> = {}): DeclaredSegment {
  return { description: 'Of a test.', owner: 'ada', review: '2027-06-30', version: 1, rule, ...more }
}

function judge(declared: Record<string, DeclaredSegment>, row: FeatureRow, at: number) {
  return tellAll(judgeSegments({ row, timeline: NO_TIMELINE }, compileSegments(declared), at))
}

function tellAll(judged: ReturnType<typeof judgeSegments>) {
  return new Map(Array.from(judged, ([id, { tell, ...own }]) => [id, { ...own, ...tell() }]))
}

/** What a rule means, told once more: each leaf by its words. */
function oracle(rule: DeclaredRule, row: FeatureRow, at: number): boolean {
  if ('all' in rule) return rule.all.every((part) => oracle(part, row, at))
  if ('any' in rule) return rule.any.some((part) => oracle(part, row, at))
  if ('not' in rule) return !oracle(rule.not, row, at)
  if (!('feature' in rule)) throw new Error('this oracle knows features only')
  const known = row[{ ...NUMBERS, ...INSTANTS }[rule.feature]]
  if ('known' in rule) return (known !== undefined) === rule.known
  if (known === undefined) return false
  if ('within' in rule || 'longer_ago_than' in rule) {
    const hours = (span: string): number => Number(span.slice(0, -1)) * HOUR
    if (rule.within !== undefined && at > known + hours(rule.within)) return false
    return rule.longer_ago_than === undefined || at > known + hours(rule.longer_ago_than)
  }
  const { between, ...given } = rule as Extract<DeclaredRule, { between?: unknown }>
  const { is, is_not: not, above, at_least: least, below, at_most: most } = given
  const [from, to] = between ?? [-Infinity, Infinity]
  return (
    known === (is ?? known) &&
    known !== (not ?? Number.NaN) &&
    known > (above ?? -Infinity) &&
    known >= (least ?? -Infinity) &&
    known < (below ?? Infinity) &&
    known <= (most ?? Infinity) &&
    known >= from &&
    known <= to
  )
}

const small = fc.integer({ min: 0, max: 4 })
const hours = fc.integer({ min: 1, max: 6 }).map((count) => `${count}h`)
const { rule: anyRule } = fc.letrec<{ rule: DeclaredRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    fc.record({
      feature: fc.constantFrom('purchases', 'r', 'bounce_rate'),
      between: fc.tuple(small, small),
    }) as fc.Arbitrary<DeclaredRule>,
    fc
      .tuple(
        fc.constantFrom('purchases', 'sessions_30d', 'r'),
        fc.dictionary(fc.constantFrom('is', 'is_not', 'above', 'at_least', 'below', 'at_most'), small, {
          minKeys: 1,
          maxKeys: 2,
        }),
      )
      .map(([feature, comparisons]) => ({ feature, ...comparisons })),
    fc
      .tuple(
        fc.constantFrom('last_purchase_at', 'last_active_at'),
        fc.oneof(
          fc.record({ within: hours }),
          fc.record({ longer_ago_than: hours }),
          fc.record({ within: hours, longer_ago_than: hours }),
        ),
      )
      .map(([feature, spans]) => ({ feature, ...spans })),
    fc.record({ feature: fc.constantFrom('r', 'last_active_at'), known: fc.boolean() }) as fc.Arbitrary<DeclaredRule>,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
}))
const instant = fc.option(
  fc.integer({ min: -8 * 60, max: 0 }).map((minutes) => NOON + minutes * 60_000),
  { nil: undefined },
)
const anyRow = fc
  .record({
    purchases: small,
    sessions30d: small,
    r: fc.option(small, { nil: undefined }),
    lastPurchaseAt: instant,
    lastActiveAt: instant,
  })
  .map((features) =>
    buildFeatureRow(Object.fromEntries(Object.entries(features).filter(([, value]) => value !== undefined))),
  )

describe('a declared rule', () => {
  test('means what it says, and stays so exactly until the instant it names [F1 F3]', () => {
    fc.assert(
      fc.property(
        anyRule,
        anyRow,
        fc.array(fc.integer({ min: 0, max: 10 * HOUR }), { maxLength: 6 }),
        (rule, row, later) => {
          // A declared segment is what the configuration reads.
          expect(declaredSegment.parse(declare(rule)).rule).toEqual(rule)
          const at = (instantMs: number) => judge({ tested: declare(rule) }, row, instantMs).get('tested')!
          const now = at(NOON)
          expect(now.holds).toBe(oracle(rule, row, NOON))
          for (const step of [...later, ...later.map((ms) => ms - (ms % 60_000) + 1)]) {
            const then = NOON + step
            expect(at(then).holds).toBe(oracle(rule, row, then))
            if (then < now.until) expect(at(then).holds).toBe(now.holds)
          }
          // Where one span alone decides, the instant is the very one.
          if ('within' in rule && Number.isFinite(now.until) && !('longer_ago_than' in rule)) {
            expect([at(now.until - 1).holds, at(now.until).holds]).toEqual([true, false])
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('of a segment that is part of another, or refers to one, holds with it', () => {
    const declared = {
      vip: declare({ all: [{ segment: 'buyers' }, { not: { segment: 'recent_buyers' } }] }),
      big: declare({ feature: 'total_spent', above: 100 }, { parent: 'buyers' }),
      buyers: declare({ feature: 'purchases', at_least: 1 }),
    }
    expect(
      compileSegments(declared)
        .map(({ id }) => id)
        .slice(-3),
    ).toEqual(['buyers', 'vip', 'big'])
    const spent = judge(
      declared,
      buildFeatureRow({ purchases: 2, totalSpent: 120, lastPurchaseAt: NOON - 24 * HOUR }),
      NOON,
    )
    expect(['buyers', 'big', 'vip'].map((id) => spent.get(id)?.holds)).toEqual([true, true, false])
    expect(spent.get('vip')).toMatchObject({ reason: 'in recent_buyers', until: NOON + 6 * 24 * HOUR + 1 })
    const none = judge(declared, buildFeatureRow({ totalSpent: 120 }), NOON)
    expect(none.get('big')).toEqual({ holds: false, until: Infinity, reason: 'not in buyers' })
  })

  test.each([
    ['another that there is not', { a: declare({ segment: 'b' }) }, 'segment.unknown'],
    [
      'itself through others',
      { a: declare({ segment: 'b' }), b: declare({ not: { segment: 'a' } }) },
      'segment.circular',
    ],
    ['itself as its part', { a: declare({ feature: 'r', is: 1 }, { parent: 'a' }) }, 'segment.circular'],
  ])('that refers to %s is refused', (_, declared, code) => {
    expect(() => compileSegments(declared)).toThrow(expect.objectContaining({ code }))
  })

  test('may not take the id of one that comes with Onefold', () => {
    expect(() => compileSegments({ premium: declare({ feature: 'r', is: 1 }) })).toThrow(
      expect.objectContaining({ code: 'segment.repeated_id' }),
    )
  })
})

test('of a scheme, who may be taken over by what comes before knows when', () => {
  const base = { version: 1, name: '', description: '', owner: '', reviewDate: '', scheme: 's' }
  const definitions: SegmentDefinition[] = [
    { ...base, id: 'gone', rule: { kind: 'longer_ago', feature: 'last_active_at', spanMs: HOUR } },
    { ...base, id: 'others', rule: { kind: 'otherwise' } },
  ]
  const row = buildFeatureRow({ lastActiveAt: NOON - 0.5 * HOUR })
  const end = NOON + 0.5 * HOUR + 1
  expect(judgeSegments({ row, timeline: NO_TIMELINE }, definitions, NOON).get('others')).toMatchObject({
    holds: true,
    until: end,
  })
  expect(judgeSegments({ row, timeline: NO_TIMELINE }, definitions, end - 1).get('others')?.holds).toBe(true)
  expect(judgeSegments({ row, timeline: NO_TIMELINE }, definitions, end).get('others')?.holds).toBe(false)
})

test('the linter warns of too many, tiny, overlapping and overdue segments [F5]', () => {
  const rule: DeclaredRule = { feature: 'r', is: 1 }
  const declared = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`s${at}`, declare(rule)]))
  const compile = (given: Record<string, DeclaredSegment>) => compileSegments(given).filter(({ id }) => id in given)
  const none = { people: 1_000, sizes: [], overlaps: [] }
  expect(lintSegments(compile(declared), none, '2027-06-30').map(({ code }) => code)).toEqual(['too_many'])
  const nested = { ...declared, s10: declare(rule, { parent: 's0', review: '2027-06-29' }) }
  const measured = {
    people: 1_000,
    sizes: [
      { segmentId: 's1', version: 1, members: 9 },
      { segmentId: 's2', version: 1, members: 10 },
      { segmentId: 's3', version: 0, members: 0 },
    ],
    overlaps: [
      { a: 'premium', b: 's4', jaccard: 0.8 },
      { a: 's5', b: 's6', jaccard: 0.79 },
      { a: 'premium', b: 'top_10_percent', jaccard: 0.9 },
    ],
  }
  expect(lintSegments(compile(nested), measured, '2027-06-30').map(({ code, segment }) => [code, segment])).toEqual([
    ['overdue', 's10'],
    ['tiny', 's1'],
    ['overlap', 's4'],
  ])
})

describe('the fallback', () => {
  const thin = declare({ known_share_of: ['country', 'age_band', 'recency_days'], below: 0.5 }, { fallback: true })
  const scored = buildFeatureRow({ purchases: 3, r: 5, f: 5, m: 5, monetaryPercentile: 0.9, pAlive: 0.1 })
  const judgeWith = (declared: Record<string, DeclaredSegment>, known: readonly AttributeName[]) =>
    tellAll(
      judgeSegments(
        { row: { ...scored, recencyDays: 3 }, timeline: NO_TIMELINE, attributes: new Set(known) },
        compileSegments(declared),
        NOON,
      ),
    )
  const membersOf = (judged: ReturnType<typeof tellAll>): string[] =>
    [...judged].filter(([, { holds }]) => holds).map(([id]) => id)

  test('has who is too little known, with share and what is missing as the reason [B3]', () => {
    const reason = '1 of 3 known (share below 0.5), not country, age_band'
    expect(judgeWith({ thin }, []).get('thin')).toEqual({ holds: true, until: Infinity, reason })
    expect(judgeWith({ thin }, ['country']).get('thin')).toEqual({
      holds: false,
      until: Infinity,
      reason: '2 of 3 known (share below 0.5), not age_band',
    })
    expect(judgeWith({ thin }, ['country', 'age_band']).get('thin')?.reason).toBe('3 of 3 known (share below 0.5)')
  })

  test('keeps out of all by ranks, scores and models, whole schemes, and of what refers to them; of nothing else [B3]', () => {
    const declared = {
      follower: declare({ all: [{ segment: 'premium' }, { feature: 'purchases', at_least: 1 }] }),
      unlike: declare({ not: { segment: 'follower' } }),
      buyer: declare({ feature: 'purchases', at_least: 3 }),
      thinly: declare({ segment: 'thin' }),
      thin,
    }
    expect(membersOf(judgeWith(declared, ['country'])).toSorted()).toEqual([
      ...['buyer', 'churn_risk', 'engagement_unknown', 'follower', 'premium', 'rfm10_champions', 'rfm3_champions'],
      'top_10_percent',
    ])
    const kept = judgeWith(declared, [])
    expect(membersOf(kept).toSorted()).toEqual(['buyer', 'engagement_unknown', 'thin', 'thinly'])
    expect(kept.get('premium')).toEqual({
      holds: false,
      until: Infinity,
      reason: 'in thin, the fallback: 1 of 3 known (share below 0.5), not country, age_band',
    })
  })

  test('is told when time alone will let somebody go', () => {
    const fresh = declare({ feature: 'last_active_at', within: '2h' }, { fallback: true })
    const row = { ...scored, lastActiveAt: NOON - HOUR }
    const end = NOON + HOUR + 1
    expect(judge({ fresh }, row, NOON).get('premium')).toMatchObject({ holds: false, until: end })
    expect(judge({ fresh }, row, end).get('premium')).toMatchObject({ holds: true })
  })

  test.each([
    ['segment.repeated_fallback', { thin, thick: thin }],
    ['segment.ranked_fallback', { thin: declare({ segment: 'premium' }, { fallback: true }) }],
    [
      'segment.ranked_fallback',
      { a: declare({ feature: 'r', is: 1 }), thin: declare({ not: { segment: 'a' } }, { fallback: true }) },
    ],
    ['segment.circular', { a: declare({ segment: 'thin' }), thin: declare({ segment: 'a' }, { fallback: true }) }],
  ] as const)('%s is told before anybody is judged', (code, declared) => {
    expect(() => compileSegments(declared)).toThrow(expect.objectContaining({ code }))
  })

  test('without one nothing is kept out or sorted', () => {
    expect(compileSegments({ thin: { ...thin, fallback: false } }).slice(0, -1)).toEqual(BUILT_IN_SEGMENTS)
  })
})
