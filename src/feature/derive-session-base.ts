import { DAY_MS } from './count-utc-days.ts'

/** What a session tells about its visitor; `Session` of `src/session` is one. */
export interface VisitedSession {
  readonly startedAt: number
  readonly endedAt: number
  readonly pageViews: number
  readonly bounced: boolean
}

export interface SessionBase {
  readonly sessions: number
  readonly sessions30d: number
  readonly lastSessionAt?: number
  readonly averageSessionSeconds?: number
  readonly bounceRate?: number
  readonly pageViews: number
}

/**
 * How one person visited until `asOf` (ms since 1970; sessions that start later are not there yet).
 * A session counts in the last 30 days by its start, both ends included. No sessions: zeros, and no averages.
 * Order-free: durations are whole milliseconds, so their sum is exact.
 */
export function deriveSessionBase(visits: readonly VisitedSession[], asOf: number): SessionBase {
  let sessions = 0
  let sessions30d = 0
  let durationMs = 0
  let bounces = 0
  let pageViews = 0
  let lastSessionAt = -Infinity
  for (const visit of visits) {
    if (visit.startedAt > asOf) continue
    // A session that goes on is cut at the instant asked about.
    const endedAt = Math.min(visit.endedAt, asOf)
    sessions += 1
    if (asOf - visit.startedAt <= 30 * DAY_MS) sessions30d += 1
    durationMs += endedAt - visit.startedAt
    if (visit.bounced) bounces += 1
    pageViews += visit.pageViews
    lastSessionAt = Math.max(lastSessionAt, endedAt)
  }
  if (sessions === 0) return { sessions, sessions30d, pageViews }
  return {
    sessions,
    sessions30d,
    lastSessionAt,
    averageSessionSeconds: durationMs / sessions / 1000,
    bounceRate: bounces / sessions,
    pageViews,
  }
}
