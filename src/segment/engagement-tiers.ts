import { GOVERNANCE } from './governance.ts'
import type { SegmentDefinition } from './segment-definition.ts'

/** Below ten messages one click more or less is worth over 10 %, the width of the lowest tier. */
const MINIMUM_SENDS = 10

const SCHEME = { ...GOVERNANCE, scheme: 'engagement' } as const

/** Who answers to messages. Opens and clicks are judged separately, and the lower tier wins. */
export const ENGAGEMENT_TIERS: readonly SegmentDefinition[] = [
  {
    id: 'engagement_high',
    name: 'Highly Engaged',
    description: 'Opens above 75 % and clicks above 50 % of at least 10 messages.',
    rule: { kind: 'engagement', tier: 'high', minimumSends: MINIMUM_SENDS },
    ...SCHEME,
  },
  {
    id: 'engagement_moderate',
    name: 'Moderately Engaged',
    description: 'Opens from 30 % and clicks from 10 % of at least 10 messages, and not highly engaged.',
    rule: { kind: 'engagement', tier: 'middle', minimumSends: MINIMUM_SENDS },
    ...SCHEME,
  },
  {
    id: 'engagement_disengaged',
    name: 'Disengaged',
    description: 'Opens below 30 % or clicks below 10 % of at least 10 messages. Gets none until reactivated.',
    suppresses: true,
    rule: { kind: 'engagement', tier: 'low', minimumSends: MINIMUM_SENDS },
    ...SCHEME,
  },
  {
    id: 'engagement_unknown',
    name: 'Engagement Unknown',
    description: 'Was sent fewer than 10 messages.',
    rule: { kind: 'otherwise' },
    ...SCHEME,
  },
]
