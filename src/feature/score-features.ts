import { EVER, type FeatureDefinition, NO_PURCHASE } from './feature-definition.ts'

const NOT_FITTED = 'who never bought; everybody while too few come back to learn from'

const SCORE = { type: 'count', kind: 'buyers', window: EVER, unknown: NO_PURCHASE } as const
const RANK = { type: 'number', kind: 'buyers', window: EVER, unknown: NO_PURCHASE } as const

/** Features that compare people, by their member of a `FeatureRow` [E2 E7 E8]. */
export const SCORE_FEATURES = {
  r: { ...SCORE, name: 'r', doc: 'Recency, 1 to 5; 5 bought last.', unit: 'fifth of buyers' },
  f: { ...SCORE, name: 'f', doc: 'Frequency, 1 to 5; 5 bought most often.', unit: 'fifth of buyers' },
  m: { ...SCORE, name: 'm', doc: 'Money, 1 to 5; 5 spent most.', unit: 'fifth of buyers' },
  rfmScore: { ...SCORE, name: 'rfm_score', doc: '100 r + 10 f + m: 111 to 555.', unit: 'three digits' },
  recencyPercentile: {
    ...RANK,
    name: 'recency_percentile',
    doc: 'Share of buyers who bought longer ago.',
    unit: 'share, below 1',
  },
  frequencyPercentile: {
    ...RANK,
    name: 'frequency_percentile',
    doc: 'Share of buyers who bought less often.',
    unit: 'share, below 1',
  },
  monetaryPercentile: {
    ...RANK,
    name: 'monetary_percentile',
    doc: 'Share of buyers who spent less.',
    unit: 'share, below 1',
  },
  recencyZ: {
    ...RANK,
    name: 'recency_z',
    doc: 'recency_days against the mean; above 0 is longer ago.',
    unit: 'standard deviations',
  },
  frequencyZ: {
    ...RANK,
    name: 'frequency_z',
    doc: 'period_purchases against the mean.',
    unit: 'standard deviations',
  },
  monetaryZ: { ...RANK, name: 'monetary_z', doc: 'period_spent against the mean.', unit: 'standard deviations' },
  pAlive: {
    ...RANK,
    name: 'p_alive',
    unit: 'chance',
    unknown: NOT_FITTED,
    doc: 'The chance that somebody still buys, by lifetime.model.',
  },
  expectedPurchases: {
    ...RANK,
    name: 'expected_purchases',
    unit: 'days of purchase',
    window: 'the next lifetime.horizon_days',
    doc: 'Days of purchase to come.',
    unknown: NOT_FITTED,
  },
  lifetimeValue: {
    ...RANK,
    name: 'lifetime_value',
    unit: 'money',
    window: 'the next lifetime.horizon_days',
    doc: 'What they will come to, each discounted to as_of.',
    unknown: `${NOT_FITTED}, or amounts are not known`,
  },
  compositeIndex: {
    type: 'number',
    kind: 'everybody',
    name: 'composite_index',
    unit: 'index',
    window: EVER,
    doc: 'The features of composite_index as one number, by their first principal component or declared weights.',
    unknown: 'of whom one of them is not known, unless it is imputed; everybody unless declared',
  },
} as const satisfies Readonly<Record<string, FeatureDefinition>>
