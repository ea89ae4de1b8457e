import { CART_MS } from './count-abandoned-carts.ts'
import { CHANNEL_MS } from './derive-channel-shares.ts'
import { DAY_MS } from './count-utc-days.ts'
import type { Behaviour } from './compose-feature-row.ts'

const WEEK_MS = 7 * DAY_MS
const MONTH_MS = 30 * DAY_MS
/** Sessions count in these windows by their start. */
const SESSION_SPANS = [WEEK_MS, MONTH_MS]
/** The weeks that the trend looks at. */
const TREND_MS = 12 * WEEK_MS

/**
 * The first instant after `asOf` (ms since 1970) at which time alone may make a person's features others than
 * `composeFeatureRow` gives at `asOf`; Infinity for who did nothing. It may come too early, never too late: until then the
 * features are the same. Whoever bought or visited is due with the next UTC date, on which days are counted.
 */
export function findStaleAt(
  { orders, sessions, activity, channels }: Behaviour,
  asOf: number,
  periodDays = Infinity,
): number {
  let next = Infinity
  const consider = (instant: number | undefined): void => {
    if (instant !== undefined && instant > asOf && instant < next) next = instant
  }
  // Windows have both ends: what is as old as one is long is out a millisecond later.
  const leave = (at: number, spanMs: number): void => consider(at + spanMs + 1)
  if (orders.length + sessions.length > 0) consider((Math.floor(asOf / DAY_MS) + 1) * DAY_MS)
  for (const { at } of orders) {
    consider(at)
    for (const span of [MONTH_MS, 2 * MONTH_MS, periodDays * DAY_MS]) leave(at, span)
  }
  for (const { startedAt, endedAt } of sessions) {
    consider(startedAt)
    // One that goes on is cut at the instant asked about.
    if (endedAt > asOf && startedAt <= asOf) consider(asOf + 1)
    for (const span of SESSION_SPANS) leave(startedAt, span)
    const age = asOf - startedAt
    if (age >= 0 && age < TREND_MS) consider(startedAt + (Math.floor(age / WEEK_MS) + 1) * WEEK_MS)
  }
  for (const at of activity.addedAt ?? []) leave(at, CART_MS)
  if (activity.usedSince !== undefined) leave(activity.usedSince, MONTH_MS)
  if (channels !== undefined) leave(channels.since, CHANNEL_MS)
  consider(activity.nextAt)
  return next
}
