import { formatDuration } from 'date-fns/formatDuration'
import { intervalToDuration } from 'date-fns/intervalToDuration'

/** A span of time for people, its two largest units: 75,000 ms → 1 minute 15 seconds; less than a second → 1 second. */
export function formatSpan(ms: number): string {
  const duration = intervalToDuration({ start: 0, end: Math.max(1_000, Math.round(ms / 1_000) * 1_000) })
  const units = (['years', 'months', 'days', 'hours', 'minutes', 'seconds'] as const).filter((unit) => duration[unit])
  return formatDuration(duration, { format: units.slice(0, 2) })
}
