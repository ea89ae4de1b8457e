import { GOVERNANCE } from './governance.ts'
import type { SegmentDefinition } from './segment-definition.ts'

const SCHEME = { ...GOVERNANCE, scheme: 'rfm_three_way' } as const

/** The three-way scheme: only 17 of the 125 score combinations have a name, all others are in the fallback. */
export const RFM_THREE_WAY: readonly SegmentDefinition[] = [
  {
    id: 'rfm3_champions',
    name: 'Champions',
    description: 'Bought most recently, most often and for the most: R 5, F 5, M 5.',
    rule: { kind: 'rfm', r: [5, 5], f: [5, 5], m: [5, 5] },
    ...SCHEME,
  },
  {
    id: 'rfm3_potential',
    name: 'Potential',
    description: 'In the upper middle in everything: R, F and M each 3 to 4.',
    rule: { kind: 'rfm', r: [3, 4], f: [3, 4], m: [3, 4] },
    ...SCHEME,
  },
  {
    id: 'rfm3_at_risk',
    name: 'At Risk',
    description: 'Low in everything: R, F and M each 1 to 2.',
    rule: { kind: 'rfm', r: [1, 2], f: [1, 2], m: [1, 2] },
    ...SCHEME,
  },
  {
    id: 'rfm3_others',
    name: 'Others',
    description: 'Everybody else, people who never bought included.',
    rule: { kind: 'otherwise' },
    ...SCHEME,
  },
]
