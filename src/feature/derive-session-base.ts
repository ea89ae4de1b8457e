import { DAY_MS } from './count-utc-days.ts'
import type { FeatureRow } from './feature-row.ts'

/** What a session tells about its visitor; `Session` of `src/session` is one. */
export interface VisitedSession {
  readonly startedAt: number
  readonly endedAt: number
  readonly pageViews: number
  readonly bounced: boolean
}

export type SessionBase = Pick<
  FeatureRow,
  | ('sessions' | 'sessions7d' | 'sessions30d' | 'sessionsTrend' | 'daysBetweenSessions')
  | ('averageSessionSeconds' | 'bounceRate' | 'pageViews' | 'pagesPerSession')
> & { readonly lastSessionAt?: number }

const WEEK_MS = 7 * DAY_MS
const TREND_WEEKS = 12
/** A slope through fewer weeks is noise. */
const FEWEST_WEEKS = 4

/**
 * How one person visited until `asOf` (ms since 1970; sessions that start later are not there yet).
 * A session counts in a window by its start, both ends included. No sessions: zeros, and no averages.
 * Order-free: durations are whole milliseconds, so their sum is exact.
 */
export function deriveSessionBase(visits: readonly VisitedSession[], asOf: number): SessionBase {
  const seen = visits.filter(({ startedAt }) => startedAt <= asOf)
  const startedWithin = (spanMs: number): number => seen.filter(({ startedAt }) => asOf - startedAt <= spanMs).length
  const pageViews = seen.reduce((sum, visit) => sum + visit.pageViews, 0)
  const counts = {
    sessions: seen.length,
    sessions7d: startedWithin(WEEK_MS),
    sessions30d: startedWithin(30 * DAY_MS),
    pageViews,
  }
  if (seen.length === 0) return counts
  // A session that goes on is cut at the instant asked about.
  const endOf = ({ endedAt }: VisitedSession): number => Math.min(endedAt, asOf)
  const durationMs = seen.reduce((sum, visit) => sum + endOf(visit) - visit.startedAt, 0)
  const first = seen.reduce((least, { startedAt }) => Math.min(least, startedAt), Infinity)
  const last = seen.reduce((most, { startedAt }) => Math.max(most, startedAt), -Infinity)
  const trend = deriveTrend(seen, first, asOf)
  return {
    ...counts,
    lastSessionAt: seen.reduce((most, visit) => Math.max(most, endOf(visit)), -Infinity),
    averageSessionSeconds: durationMs / seen.length / 1000,
    bounceRate: seen.filter(({ bounced }) => bounced).length / seen.length,
    pagesPerSession: pageViews / seen.length,
    ...(seen.length < 2 ? {} : { daysBetweenSessions: (last - first) / (seen.length - 1) / DAY_MS }),
    ...(trend === undefined ? {} : { sessionsTrend: trend }),
  }
}

/** Least squares through the sessions of each of the last weeks, those since the first visit. */
function deriveTrend(seen: readonly VisitedSession[], first: number, asOf: number): number | undefined {
  const weeks = Math.min(TREND_WEEKS, Math.floor((asOf - first) / WEEK_MS))
  if (weeks < FEWEST_WEEKS) return undefined
  const middle = (weeks - 1) / 2
  let [covariance, variance] = [0, 0]
  for (let week = 0; week < weeks; week += 1) variance += (week - middle) ** 2
  for (const { startedAt } of seen) {
    const ago = Math.floor((asOf - startedAt) / WEEK_MS)
    // Sessions of a week add its distance from the middle; the mean of all drops out.
    if (ago < weeks) covariance += weeks - 1 - ago - middle
  }
  return covariance / variance
}
