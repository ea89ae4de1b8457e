import type { Writable } from '../record/writable.ts'
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
const MONTH_MS = 30 * DAY_MS
const TREND_WEEKS = 12
/** A slope through fewer weeks is noise. */
const FEWEST_WEEKS = 4

/**
 * How one person visited until `asOf` (ms since 1970; sessions that start later are not there yet).
 * A session counts in a window by its start, both ends included. No sessions: zeros, and no averages.
 * Order-free: durations are whole milliseconds, so their sum is exact.
 */
export function deriveSessionBase(visits: readonly VisitedSession[], asOf: number): SessionBase {
  let [sessions, sessions7d, sessions30d, pageViews, bounces, durationMs] = [0, 0, 0, 0, 0, 0]
  let [first, last, lastSessionAt] = [Infinity, -Infinity, -Infinity]
  for (const visit of visits) {
    const { startedAt } = visit
    if (startedAt > asOf) continue
    // A session that goes on is cut at the instant asked about.
    const endedAt = Math.min(visit.endedAt, asOf)
    sessions += 1
    if (asOf - startedAt <= WEEK_MS) sessions7d += 1
    if (asOf - startedAt <= MONTH_MS) sessions30d += 1
    pageViews += visit.pageViews
    if (visit.bounced) bounces += 1
    durationMs += endedAt - startedAt
    first = Math.min(first, startedAt)
    last = Math.max(last, startedAt)
    lastSessionAt = Math.max(lastSessionAt, endedAt)
  }
  const base: Writable<SessionBase> = {
    sessions,
    sessions7d,
    sessions30d,
    pageViews,
  }
  if (sessions === 0) return base
  base.lastSessionAt = lastSessionAt
  base.averageSessionSeconds = durationMs / sessions / 1000
  base.bounceRate = bounces / sessions
  base.pagesPerSession = pageViews / sessions
  if (sessions > 1) base.daysBetweenSessions = (last - first) / (sessions - 1) / DAY_MS
  const trend = deriveTrend(visits, first, asOf)
  if (trend !== undefined) base.sessionsTrend = trend
  return base
}

/** Least squares through the sessions of each of the last weeks, those since the first visit. */
function deriveTrend(visits: readonly VisitedSession[], first: number, asOf: number): number | undefined {
  const weeks = Math.min(TREND_WEEKS, Math.floor((asOf - first) / WEEK_MS))
  if (weeks < FEWEST_WEEKS) return undefined
  const middle = (weeks - 1) / 2
  let [covariance, variance] = [0, 0]
  for (let week = 0; week < weeks; week += 1) variance += (week - middle) ** 2
  for (const { startedAt } of visits) {
    if (startedAt > asOf) continue
    const ago = Math.floor((asOf - startedAt) / WEEK_MS)
    // Sessions of a week add its distance from the middle; the mean of all drops out.
    if (ago < weeks) covariance += weeks - 1 - ago - middle
  }
  return covariance / variance
}
