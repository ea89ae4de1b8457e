import { GOVERNANCE } from './governance.ts'
import type { ScoreRange, SegmentDefinition } from './segment-definition.ts'

/** The default table of the R package rfm 0.3.0 (its README); the ranges overlap, the first that holds counts. */
const TABLE: readonly [id: string, name: string, r: ScoreRange, f: ScoreRange, m: ScoreRange][] = [
  ['champions', 'Champions', [5, 5], [5, 5], [5, 5]],
  ['potential_loyalist', 'Potential Loyalist', [3, 5], [3, 5], [2, 5]],
  ['loyal_customers', 'Loyal Customers', [2, 4], [2, 4], [2, 4]],
  ['promising', 'Promising', [3, 4], [1, 3], [3, 5]],
  ['new_customers', 'New Customers', [4, 5], [1, 3], [1, 5]],
  ['cant_lose_them', "Can't Lose Them", [1, 2], [3, 4], [4, 5]],
  ['at_risk', 'At Risk', [1, 2], [2, 5], [4, 5]],
  ['need_attention', 'Need Attention', [1, 3], [3, 5], [3, 5]],
  ['about_to_sleep', 'About To Sleep', [2, 3], [1, 3], [1, 4]],
  ['lost', 'Lost', [1, 1], [1, 5], [1, 5]],
]

const SCHEME = { ...GOVERNANCE, scheme: 'rfm_ten' } as const

/** The ten-segment scheme, in its order, with a fallback for the combinations it leaves out. */
export const RFM_TEN_SEGMENTS: readonly SegmentDefinition[] = [
  ...TABLE.map(([id, name, r, f, m]): SegmentDefinition => ({
    id: `rfm10_${id}`,
    name,
    description: `R ${describe(r)}, F ${describe(f)}, M ${describe(m)}, and none of the segments before it.`,
    rule: { kind: 'rfm', r, f, m },
    ...SCHEME,
  })),
  {
    id: 'rfm10_others',
    name: 'Others',
    description: 'Everybody else, people who never bought included.',
    rule: { kind: 'otherwise' },
    ...SCHEME,
  },
]

function describe([from, to]: ScoreRange): string {
  return from === to ? String(from) : `${from} to ${to}`
}
