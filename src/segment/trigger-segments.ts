import { DAY_MS } from '../feature/count-utc-days.ts'
import { GOVERNANCE } from './governance.ts'
import type { SegmentDefinition, SegmentRule } from './segment-definition.ts'
import { INTERACTION, PURCHASE } from './timeline.ts'

const MINUTE_MS = 60_000
/** What holds as soon as it happened, not only a millisecond later. */
const AT_ONCE_MS = -1
/** What an unfinished cart is worth thinking of; the next evening still is. */
const RECENT_MS = DAY_MS
/** In units of the currency; what people compare before they buy. */
const HIGH_PRICE = 100

/** Not bought since, whether a shop delivered the order or the site told of it. */
function notBoughtSince(event: string, afterMs: number, lastsMs: number): SegmentRule {
  const missing = (name: string): SegmentRule => ({ kind: 'absence', event, missing: name, afterMs, lastsMs })
  return { kind: 'all', rules: [missing(PURCHASE), missing('Order Completed')] }
}

const CART_LEFT: SegmentRule = {
  kind: 'any',
  rules: [
    notBoughtSince('Cart Abandoned', AT_ONCE_MS, RECENT_MS),
    notBoughtSince('Product Added', 30 * MINUTE_MS, RECENT_MS),
  ],
}
const IN_CHECKOUT = notBoughtSince('Checkout Started', AT_ONCE_MS, RECENT_MS)

/** Segments by what people do just now [F3]: exact to the millisecond on entry and on exit, also when only time passes. */
export const TRIGGER_SEGMENTS: readonly SegmentDefinition[] = [
  {
    id: 'high_engagement',
    name: 'High Engagement',
    description: 'More than 5 interactions in the last 10 minutes.',
    rule: {
      ...{ kind: 'event_count', event: INTERACTION, comparison: 'above', value: 5 },
      withinMs: 10 * MINUTE_MS,
    },
    ...GOVERNANCE,
  },
  {
    id: 'repeat_product_views',
    name: 'Repeat Product Views',
    description: 'Viewed one product more than 3 times in the last hour.',
    rule: {
      ...{ kind: 'event_count', event: 'Product Viewed', same: 'product', comparison: 'above', value: 3 },
      withinMs: 60 * MINUTE_MS,
    },
    ...GOVERNANCE,
  },
  {
    id: 'high_value_product_views',
    name: 'High-Value Product Views',
    description: `Viewed one product of ${HIGH_PRICE} or more at least 3 times in the last 24 hours.`,
    rule: {
      ...{ kind: 'event_count', event: 'Product Viewed', same: 'product', comparison: 'at_least', value: 3 },
      where: [{ property: 'price', comparison: 'at_least', value: HIGH_PRICE }],
      withinMs: DAY_MS,
    },
    ...GOVERNANCE,
  },
  {
    id: 'cart_at_risk',
    name: 'At Risk',
    description: 'Abandoned a cart, bought nothing since, and did something less than 30 minutes ago.',
    rule: {
      kind: 'all',
      rules: [
        notBoughtSince('Cart Abandoned', AT_ONCE_MS, RECENT_MS),
        {
          kind: 'any',
          rules: [INTERACTION, 'Cart Abandoned'].map((event) => ({
            ...({ kind: 'event_last', event, age: 'within', spanMs: 30 * MINUTE_MS - 1 } as const),
          })),
        },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'recent_abandoners',
    name: 'Recent Abandoners',
    description:
      'Abandoned a cart in the last 24 hours, by an event or by buying nothing for 30 minutes, and bought nothing since.',
    rule: CART_LEFT,
    ...GOVERNANCE,
  },
  {
    id: 'recent_abandoners_checkout',
    name: 'Recent Abandoners in checkout',
    description: 'Recent Abandoners who had started the checkout.',
    parent: 'recent_abandoners',
    rule: { kind: 'all', rules: [{ kind: 'member', segmentId: 'recent_abandoners' }, IN_CHECKOUT] },
    ...GOVERNANCE,
  },
  {
    id: 'recent_abandoners_browsing',
    name: 'Recent Abandoners while browsing',
    description: 'Recent Abandoners who had not started the checkout.',
    parent: 'recent_abandoners',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'member', segmentId: 'recent_abandoners' },
        { kind: 'not', rule: IN_CHECKOUT },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'at_risk_browsing',
    name: 'Browsing while at risk',
    description: 'At Risk by R, F and M, viewed a product in the last 30 minutes, and bought nothing since.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'member', segmentId: 'rfm3_at_risk' },
        notBoughtSince('Product Viewed', AT_ONCE_MS, 30 * MINUTE_MS),
      ],
    },
    ...GOVERNANCE,
  },
]
