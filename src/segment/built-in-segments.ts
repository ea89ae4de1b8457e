import { BEHAVIOUR_SEGMENTS } from './behaviour-segments.ts'
import { ENGAGEMENT_TIERS } from './engagement-tiers.ts'
import { PURCHASE_SEGMENTS } from './purchase-segments.ts'
import { RFM_TEN_SEGMENTS } from './rfm-ten-segments.ts'
import { RFM_THREE_WAY } from './rfm-three-way.ts'
import type { SegmentDefinition } from './segment-definition.ts'
import { TRIGGER_SEGMENTS } from './trigger-segments.ts'

/** All segments that come with the product: two RFM schemes, the engagement tiers, those by purchases, by behaviour and by what happens just now. */
export const BUILT_IN_SEGMENTS: readonly SegmentDefinition[] = [
  ...RFM_THREE_WAY,
  ...RFM_TEN_SEGMENTS,
  ...ENGAGEMENT_TIERS,
  ...PURCHASE_SEGMENTS,
  ...BEHAVIOUR_SEGMENTS,
  ...TRIGGER_SEGMENTS,
]
