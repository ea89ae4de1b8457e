const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** Pauses before the second attempt, the third, and so on; the last again and again (the schedule of Standard Webhooks). */
const PAUSES_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** How long to wait after so many failed attempts, at least as long as the receiver asked for, milliseconds. */
export function planRetry(attempts: number, retryAfterMs = 0): number {
  return Math.max(PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0, retryAfterMs)
}
