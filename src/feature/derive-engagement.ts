import type { FeatureRow } from './feature-row.ts'

/** Events of one person by what they mean, without those of bots. Times in ms since 1970. */
export interface Activity {
  readonly featuresUsed30d: number
  readonly productViews: number
  /** Different ones of products. */
  readonly categories: number
  /** Mean of what events tell, in percent. */
  readonly scrollDepth?: number
  readonly searches: number
  readonly filters: number
  readonly cartAdditions: number
  readonly checkouts: number
  readonly sends: number
  readonly opens: number
  readonly clicks: number
  readonly replies: number
  readonly adClicks: number
  /** The first page or product seen. */
  readonly firstLookAt?: number
  /** When `cartAdditions` were made; absent without one. */
  readonly addedAt?: readonly number[]
  /** The first event that `featuresUsed30d` counts. */
  readonly usedSince?: number
  /** The first event that has not happened yet. */
  readonly nextAt?: number
}

/** Nobody who did anything. */
export const NO_ACTIVITY: Activity = {
  ...{ featuresUsed30d: 0, productViews: 0, categories: 0, searches: 0, filters: 0, cartAdditions: 0, checkouts: 0 },
  ...{ sends: 0, opens: 0, clicks: 0, replies: 0, adClicks: 0 },
}

const FREQUENT_SESSIONS = 12
const MANY_FEATURES = 10
const HALF_LIFE_DAYS = 30

/** Rates of messages sent [E3]; absent for who was sent nothing. More than all opened counts as all. */
export function deriveRates({ sends, opens, clicks }: Activity): Pick<FeatureRow, 'openRate' | 'clickRate'> {
  if (sends === 0) return {}
  return { openRate: Math.min(opens / sends, 1), clickRate: Math.min(clicks / sends, 1) }
}

/**
 * 0 to 100 [E3]: how often somebody came in the last 30 days (40 points for 12 visits), how much of what there is they
 * used (30 for 10 different events), and how long ago they were there (30, halved every 30 days).
 */
export function scoreEngagement(sessions30d: number, featuresUsed30d: number, daysSinceLastActive: number): number {
  const frequency = Math.min(sessions30d / FREQUENT_SESSIONS, 1)
  const usage = Math.min(featuresUsed30d / MANY_FEATURES, 1)
  return 40 * frequency + 30 * usage + 30 * 0.5 ** (daysSinceLastActive / HALF_LIFE_DAYS)
}
