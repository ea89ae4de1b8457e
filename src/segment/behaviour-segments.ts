import { DAY_MS } from '../feature/count-utc-days.ts'
import { GOVERNANCE } from './governance.ts'
import type { SegmentDefinition } from './segment-definition.ts'

/** Visits in 30 days that make somebody a frequent visitor: two a week. */
const FREQUENT_VISITS = 8

/** Segments by what people do besides buying, or by the rhythm in which they buy; a person can be in several. */
export const BEHAVIOUR_SEGMENTS: readonly SegmentDefinition[] = [
  {
    id: 'win_back',
    name: 'Win-Back',
    description: 'Spent much (M 4 to 5), and the next purchase is overdue by more than one usual pause.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'rfm', m: [4, 5] },
        { kind: 'feature', feature: 'purchase_overdue', comparison: 'above', value: 2 },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'churn_risk',
    name: 'Churn Risk',
    description: 'Bought more than once, and is more likely gone than not by the model of the last scoring.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'purchases_above', count: 1, within: 'ever' },
        { kind: 'feature', feature: 'p_alive', comparison: 'below', value: 0.5 },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'occasional_buyers',
    name: 'Occasional Buyers',
    description: 'Buys seldom, and did so within a year: F 1 to 2.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'rfm', f: [1, 2] },
        { kind: 'last_purchase_within', days: 365 },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'power_users',
    name: 'Power Users',
    description: 'Comes often, uses much of what there is, and lately: an engagement score of 75 and more.',
    rule: { kind: 'feature', feature: 'engagement_score', comparison: 'at_least', value: 75 },
    ...GOVERNANCE,
  },
  {
    id: 'frequent_browsers',
    name: 'Frequent Browsers',
    description: 'At least 8 visits within 30 days, and no purchase in them.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'feature', feature: 'sessions_30d', comparison: 'at_least', value: FREQUENT_VISITS },
        { kind: 'feature', feature: 'purchases_30d', comparison: 'is', value: 0 },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'high_value_engaged',
    name: 'High-Value Engaged',
    description: 'Among the 20 % of buyers who spent most, with an engagement score of 50 and more.',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'top_spenders', share: 0.2 },
        { kind: 'feature', feature: 'engagement_score', comparison: 'at_least', value: 50 },
      ],
    },
    ...GOVERNANCE,
  },
  {
    id: 'branch_heavy',
    name: 'Branch-heavy',
    description: 'Most days of the last 90 with something done were days in a branch.',
    rule: { kind: 'feature', feature: 'branch_share_90d', comparison: 'above', value: 0.5 },
    ...GOVERNANCE,
  },
  {
    id: 'digital_first',
    name: 'Digital-first',
    description: 'Most days of the last 90 with something done were days on the site or in the app.',
    rule: { kind: 'feature', feature: 'digital_share_90d', comparison: 'above', value: 0.5 },
    ...GOVERNANCE,
  },
  {
    id: 'new_customers_90d',
    name: 'New in their first 90 days',
    description: 'Bought for the first time within the last 90 days.',
    rule: { kind: 'within', feature: 'first_purchase_at', spanMs: 90 * DAY_MS },
    ...GOVERNANCE,
  },
]
