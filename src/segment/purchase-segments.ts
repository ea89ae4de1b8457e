import { GOVERNANCE } from './governance.ts'
import type { SegmentDefinition } from './segment-definition.ts'

/** Segments by purchases alone; a person can be in several. */
export const PURCHASE_SEGMENTS: readonly SegmentDefinition[] = [
  {
    id: 'high_frequency',
    name: 'High Frequency',
    description: 'More than 3 purchases within a rolling 30 days.',
    rule: { kind: 'purchases_above', count: 3, within: '30_days' },
    ...GOVERNANCE,
  },
  {
    id: 'recent_buyers',
    name: 'Recent Buyers',
    description: 'Bought within the last 7 days.',
    rule: { kind: 'last_purchase_within', days: 7 },
    ...GOVERNANCE,
  },
  {
    id: 'premium',
    name: 'Premium',
    description: 'Among the 20 % of buyers who spent most, as of the last scoring.',
    rule: { kind: 'top_spenders', share: 0.2 },
    ...GOVERNANCE,
  },
  {
    id: 'top_10_percent',
    name: 'Top 10 %',
    description: 'Among the 10 % of buyers who spent most, as of the last scoring.',
    rule: { kind: 'top_spenders', share: 0.1 },
    ...GOVERNANCE,
  },
  {
    id: 'high_value_recent_buyer',
    name: 'High-Value Recent Buyer',
    description: 'More than 3 purchases, the last within 30 days, and above 500 spent in total.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'purchases_above', count: 3, within: 'ever' },
        { kind: 'last_purchase_within', days: 30 },
        { kind: 'total_spent_above', amount: 500 },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'lapsed',
    name: 'Lapsed',
    description: 'Bought often or for much, but long ago: R 1 to 2, and F or M 4 to 5.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'rfm', r: [1, 2] },
        {
          kind: 'any',
          rules: [
            { kind: 'rfm', f: [4, 5] },
            { kind: 'rfm', m: [4, 5] },
          ],
        },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'upsell',
    name: 'Upsell',
    description: 'Buys often, but for little: F 4 to 5, M 1 to 2.',
    rule: { kind: 'rfm', f: [4, 5], m: [1, 2] },
    ...GOVERNANCE,
  },
]
