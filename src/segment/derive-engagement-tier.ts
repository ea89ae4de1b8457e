import type { EngagementTier } from './segment-definition.ts'

const TIERS = ['low', 'middle', 'high'] as const

/** Percent of messages: from the first on a rate is in the middle tier, above the second in the high one. */
const OPEN_EDGES = [30, 75] as const
const CLICK_EDGES = [10, 50] as const

/**
 * How engaged somebody is with messages: opens above 75 % and clicks above 50 % high, opens 30 to 75 % and clicks
 * 10 to 50 % middle (edges included), below that low; judged separately, the lower tier wins.
 * `opens` and `clicks` count messages, not repeats. Undefined below `minimumSends`, or when nothing was sent.
 */
export function deriveEngagementTier(
  { sends, opens, clicks }: { readonly sends: number; readonly opens: number; readonly clicks: number },
  minimumSends: number,
): EngagementTier | undefined {
  if (sends < minimumSends || sends <= 0) return undefined
  return TIERS[Math.min(rankRate(opens, sends, OPEN_EDGES), rankRate(clicks, sends, CLICK_EDGES))]
}

/** Multiplied out in whole numbers: 3 of 10 is exactly 30 %. */
function rankRate(count: number, sends: number, [middleFrom, highAbove]: readonly [number, number]): number {
  if (count * 100 > sends * highAbove) return 2
  return count * 100 >= sends * middleFrom ? 1 : 0
}
