import { expect, test } from 'vitest'
import { FEATURES } from '../../src/feature/features.ts'
import type { FeatureRow } from '../../src/feature/feature-row.ts'
import { listAsked } from '../../src/segment/list-asked.ts'
import { judgeRule } from '../../src/segment/judge-rule.ts'
import type { SegmentDefinition, SegmentRule } from '../../src/segment/segment-definition.ts'
import { NO_TIMELINE } from '../../src/segment/timeline.ts'

const COMPARED = { comparison: 'at_least', value: 1 } as const
const VIEWED = { event: 'Product Viewed', ...COMPARED, withinMs: 1000 } as const
const AGED = { event: 'Product Viewed', age: 'within', spanMs: 1000 } as const
const SPENT: SegmentRule = { kind: 'total_spent_above', amount: 1 }

/** One of each kind, those that read one or another thing more than once. */
const RULES: { readonly [Kind in SegmentRule['kind']]: readonly (SegmentRule & { readonly kind: Kind })[] } = {
  rfm: [{ kind: 'rfm', r: [1, 5], f: [1, 5], m: [1, 5] }],
  engagement: [{ kind: 'engagement', tier: 'high', minimumSends: 1 }],
  purchases_above: [
    { kind: 'purchases_above', count: 1, within: 'ever' },
    { kind: 'purchases_above', count: 1, within: '30_days' },
  ],
  last_purchase_within: [{ kind: 'last_purchase_within', days: 7 }],
  total_spent_above: [SPENT],
  top_spenders: [{ kind: 'top_spenders', share: 0.2 }],
  feature: [{ kind: 'feature', feature: 'recency_days', ...COMPARED }],
  known: [
    { kind: 'known', feature: 'open_rate', isKnown: true },
    { kind: 'known', feature: 'first_purchase_at', isKnown: true },
  ],
  known_share: [{ kind: 'known_share', of: ['country', 'open_rate', 'last_purchase_at'], ...COMPARED }],
  within: [{ kind: 'within', feature: 'last_purchase_at', spanMs: 1000 }],
  longer_ago: [{ kind: 'longer_ago', feature: 'first_purchase_at', spanMs: 1000 }],
  event_count: [{ kind: 'event_count', ...VIEWED }],
  event_sum: [{ kind: 'event_sum', ...VIEWED }],
  event_distinct: [{ kind: 'event_distinct', of: 'category', ...VIEWED }],
  event_first: [{ kind: 'event_first', ...AGED }],
  event_last: [{ kind: 'event_last', ...AGED }],
  sequence: [{ kind: 'sequence', events: ['Product Viewed', 'Product Added'], withinMs: 1000, lastsMs: 1000 }],
  absence: [{ kind: 'absence', event: 'Product Viewed', missing: 'purchase', afterMs: 1000, lastsMs: 1000 }],
  member: [{ kind: 'member', segmentId: 'premium' }],
  all: [{ kind: 'all', rules: [SPENT, { kind: 'last_purchase_within', days: 7 }] }],
  any: [{ kind: 'any', rules: [SPENT, { kind: 'last_purchase_within', days: 7 }] }],
  not: [{ kind: 'not', rule: SPENT }],
  fallback: [{ kind: 'fallback', rule: SPENT }],
  otherwise: [{ kind: 'otherwise' }],
}

/** The features that a rule reads when it is judged of somebody of whom all or nothing is known, and told. */
function readFeatures(rule: SegmentRule, value: number | undefined): string[] {
  const read = new Set<string>()
  const row = new Proxy({} as FeatureRow, {
    get: (_, member) => {
      if (String(member) in FEATURES) read.add(String(member))
      return value
    },
  })
  judgeRule(rule, { row, timeline: NO_TIMELINE }, 1_000_000, new Map()).tell()
  return [...read]
}

test.each(Object.values(RULES).flat())(
  'a rule of $kind reads what is listed as asked for, and no other feature',
  (rule) => {
    const definition = { id: 'x', rule } as SegmentDefinition
    const read = new Set([...readFeatures(rule, 1), ...readFeatures(rule, undefined)])
    expect([...read].sort()).toEqual([...listAsked([definition]).features].sort())
  },
)

test('attributes are asked for by shares that are known, events by name', () => {
  const rules: SegmentRule[] = [...RULES.known_share, ...RULES.event_count]
  const asked = listAsked(rules.map((rule) => ({ id: rule.kind, rule }) as SegmentDefinition))
  expect(asked.attributes).toEqual(['country'])
  expect([...asked.spans]).toEqual([['Product Viewed', 1000]])
})
