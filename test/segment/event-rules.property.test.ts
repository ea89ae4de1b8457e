import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type EventMatch, type EventRule, listSpans, type PropertyTest } from '../../src/segment/event-rule.ts'
import { judgeEvents } from '../../src/segment/judge-events.ts'
import { judgeRule, type RuleJudgement } from '../../src/segment/judge-rule.ts'
import type { Comparison, SegmentRule } from '../../src/segment/segment-definition.ts'
import type { TimedEvent } from '../../src/segment/timeline.ts'
import { buildFeatureRow } from './build-feature-row.ts'

/** Long enough that every window has emptied. */
const END = 160

interface Told extends TimedEvent {
  readonly name: string
}

const told = fc.array(
  fc.record({
    name: fc.constantFrom('viewed', 'added', 'purchase'),
    at: fc.integer({ min: 0, max: 60 }),
    amount: fc.integer({ min: 0, max: 5 }),
    properties: fc.record(
      { product: fc.constantFrom('a', 'b'), price: fc.integer({ min: 0, max: 3 }) },
      { requiredKeys: [] },
    ),
  }),
  { maxLength: 12 },
)
const span = fc.integer({ min: 1, max: 25 })
const name = fc.constantFrom('viewed', 'added', 'purchase')
const comparison = fc.constantFrom<Comparison>('is', 'is_not', 'above', 'at_least', 'below', 'at_most')
const where = fc.option(
  fc.constantFrom<readonly PropertyTest[]>(
    [{ property: 'product', oneOf: ['a'] }],
    [{ property: 'product', oneOf: ['b', 'c'] }],
    [{ property: 'price', comparison: 'at_least', value: 2 }],
    [
      { property: 'price', comparison: 'below', value: 3 },
      { property: 'product', oneOf: ['a', 'b'] },
    ],
  ),
  { nil: undefined },
)
const rules: fc.Arbitrary<EventRule> = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom<'event_count' | 'event_sum' | 'event_distinct'>(
        'event_count',
        'event_sum',
        'event_distinct',
      ),
      ...{ event: name, where, comparison, value: fc.integer({ min: 0, max: 5 }), withinMs: span },
      of: fc.constantFrom('price', undefined),
      same: fc.constantFrom('product', undefined),
    })
    .map(({ of, same, where: tests, ...rule }) => ({
      ...rule,
      ...(tests === undefined ? {} : { where: tests }),
      ...(rule.kind === 'event_distinct' ? { of: 'product' } : of === undefined ? {} : { of }),
      ...(same === undefined ? {} : { same }),
    })),
  fc
    .record({
      kind: fc.constantFrom<'event_first' | 'event_last'>('event_first', 'event_last'),
      ...{ event: name, where, age: fc.constantFrom<'within' | 'longer_ago'>('within', 'longer_ago'), spanMs: span },
    })
    .map(({ where: tests, ...rule }) => ({ ...rule, ...(tests === undefined ? {} : { where: tests }) })),
  fc.record({
    kind: fc.constant<'sequence'>('sequence'),
    ...{ events: fc.array(name, { minLength: 2, maxLength: 3 }), withinMs: span, lastsMs: span },
  }),
  fc.record({ kind: fc.constant<'absence'>('absence'), event: name, missing: name, afterMs: span, lastsMs: span }),
)

const COMPARED: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  ...{ is: (a, b) => a === b, is_not: (a, b) => a !== b, above: (a, b) => a > b },
  ...{ at_least: (a, b) => a >= b, below: (a, b) => a < b, at_most: (a, b) => a <= b },
}

/** The rules once more as they are said, by looking at every event and every choice of events. */
function holdsByDefinition(rule: EventRule, events: readonly Told[], now: number): boolean {
  const past = events.filter(({ at }) => at <= now)
  const named = (wanted: string): readonly Told[] => past.filter((event) => event.name === wanted)
  const matching = ({ event, where: tests = [] }: EventMatch): readonly Told[] =>
    named(event).filter(({ properties = {} }) =>
      tests.every((asked) => {
        const own = properties[asked.property]
        if (own === undefined) return false
        return 'oneOf' in asked ? asked.oneOf.includes(own) : COMPARED[asked.comparison](Number(own), asked.value)
      }),
    )
  switch (rule.kind) {
    case 'event_count':
    case 'event_sum':
    case 'event_distinct': {
      const within = matching(rule).filter(({ at }) => now - at <= rule.withinMs)
      const { of, same } = rule
      const measure = (group: readonly Told[]): number => {
        if (rule.kind === 'event_count') return group.length
        const values = group.flatMap((event) => (of === undefined ? event.amount : (event.properties?.[of] ?? [])))
        return rule.kind === 'event_distinct' ? new Set(values).size : values.reduce<number>((a, b) => a + Number(b), 0)
      }
      const groups =
        same === undefined
          ? [within]
          : ['a', 'b'].map((own) => within.filter((event) => event.properties?.[same] === own))
      return COMPARED[rule.comparison](Math.max(...groups.map(measure)), rule.value)
    }
    case 'event_first':
    case 'event_last': {
      const ages = matching(rule).map(({ at }) => now - at)
      if (ages.length === 0) return false
      const age = rule.kind === 'event_first' ? Math.max(...ages) : Math.min(...ages)
      return rule.age === 'within' ? age <= rule.spanMs : age > rule.spanMs
    }
    case 'sequence': {
      const chains = (names: readonly string[], after: number, begin: number | undefined): boolean => {
        const [next, ...rest] = names
        return named(next ?? '').some(({ at }) => {
          if (at <= after) return false
          const first = begin ?? at
          if (rest.length > 0) return chains(rest, at, first)
          return at - first <= rule.withinMs && now - at <= rule.lastsMs
        })
      }
      return chains(rule.events, -1, undefined)
    }
    case 'absence': {
      const last = Math.max(...matching(rule).map(({ at }) => at))
      if (!Number.isFinite(last) || named(rule.missing).some(({ at }) => at >= last)) return false
      return now - last > rule.afterMs && now - last <= rule.afterMs + rule.lastsMs
    }
  }
}

function toTimeline(events: readonly Told[]): Map<string, readonly TimedEvent[]> {
  const sorted = events.toSorted((left, right) => left.at - right.at)
  return new Map(
    [...new Set(sorted.map((event) => event.name))].map((own) => [own, sorted.filter((event) => event.name === own)]),
  )
}

test.prop([rules, told], { numRuns: 2_000 })(
  'rules about events hold at every instant as their definition says, until exactly when they say [F1 F3]',
  (rule, events) => {
    const timeline = toTimeline(events)
    for (let now = 0; now <= END; now += 1) {
      const { holds, until } = judgeEvents(rule, timeline, now)
      // To expect is dear, and this is asked a million times.
      if (holds !== holdsByDefinition(rule, events, now)) expect({ now, holds }).toEqual({ now, holds: !holds })
      // As if nothing more happened: what is later than now is not known.
      const known = events.filter(({ at }) => at <= now)
      if (until <= now) expect(until).toBeGreaterThan(now)
      if (now % 7 !== 0) continue
      const turned = listFrom(now + 1, until).filter((later) => holdsByDefinition(rule, known, later) !== holds)
      expect(turned).toEqual([])
      if (Number.isFinite(until)) expect(holdsByDefinition(rule, known, until)).toBe(!holds)
    }
  },
)

test.prop([rules, told, fc.integer({ min: 0, max: END })], { numRuns: 2_000 })(
  'what is older than a rule looks back changes nothing',
  (rule, events, now) => {
    const spans = new Map<string, number>()
    for (const [event, spanMs] of listSpans(rule)) spans.set(event, Math.max(spans.get(event) ?? 0, spanMs))
    const recent = events.filter(({ name: own, at }) => now - at <= (spans.get(own) ?? -1))
    expect(spell(judgeEvents(rule, toTimeline(recent), now))).toEqual(spell(judgeEvents(rule, toTimeline(events), now)))
  },
)

/** A judgement with what it tells. */
function spell({ tell, ...judged }: RuleJudgement): object {
  return { ...judged, ...tell() }
}

/** The instants from one until another, that not included, and none after all windows have emptied. */
function listFrom(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(end, END + 1) - first) }, (_, index) => first + index)
}

const { joined } = fc.letrec<{ joined: SegmentRule }>((tie) => ({
  joined: fc.oneof(
    { depthSize: 'small' },
    rules,
    fc.record({ kind: fc.constant<'not'>('not'), rule: tie('joined') }),
    fc.record({
      kind: fc.constantFrom<'all' | 'any'>('all', 'any'),
      rules: fc.array(tie('joined'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}))

test.prop([joined, told], { numRuns: 2_000 })(
  'while nothing happens a rule stays and is told the same until it says that either may be others [F1]',
  (rule, events) => {
    for (let now = 0; now <= END; now += 20) {
      const person = { row: buildFeatureRow({}), timeline: toTimeline(events.filter(({ at }) => at <= now)) }
      const { holds, until, retoldAt, tell } = judgeRule(rule, person, now, new Map())
      const { reason } = tell()
      const end = Math.min(until, retoldAt ?? Infinity)
      expect(end).toBeGreaterThan(now)
      const others = listFrom(now + 1, end)
        .map((later) => judgeRule(rule, person, later, new Map()))
        .filter((judged) => judged.holds !== holds || judged.tell().reason !== reason)
      expect(others).toEqual([])
    }
  },
)
