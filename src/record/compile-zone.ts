import { OnefoldError } from '../errors.ts'

/** Turns the milliseconds of a wall clock, counted as if it were UTC, into milliseconds of UTC. */
export type ZoneClock = (wallMs: number) => number

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Days whose two offsets are remembered: a year of data with room for stragglers. */
const REMEMBERED_DAYS = 1_000

/**
 * Compiles a time zone: an IANA name, `UTC`, or a fixed offset such as `+02:00`.
 *
 * A wall time that a clock change skipped is moved on by the gap, one that happened twice is the first of the
 * two (the `compatible` rule of ECMAScript Temporal). Throws `zone.unknown` (settings) for a name nobody knows.
 */
export function compileZone(zone: string): ZoneClock {
  if (zone === 'UTC' || zone === 'Z' || zone === 'Etc/UTC') return (wallMs) => wallMs
  const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (fixed !== null) {
    const offsetMs = (Number(fixed[2]) * 60 + Number(fixed[3])) * MINUTE_MS * (fixed[1] === '-' ? -1 : 1)
    return (wallMs) => wallMs - offsetMs
  }
  const offsetAt = compileOffset(zone)
  let quietDays = new Map<number, number>()
  return (wallMs) => {
    const day = Math.floor(wallMs / DAY_MS)
    const quiet = quietDays.get(day)
    if (quiet !== undefined) return wallMs - quiet
    // Offsets reach from -12 to +14 hours, so the change, if any, lies within a day on either side.
    const before = offsetAt((day - 1) * DAY_MS)
    const after = offsetAt((day + 2) * DAY_MS)
    if (before === after) {
      if (quietDays.size >= REMEMBERED_DAYS) quietDays = new Map()
      quietDays.set(day, before)
      return wallMs - before
    }
    const early = wallMs - before
    if (offsetAt(early) === before) return early
    const late = wallMs - after
    // In a gap neither offset is in force at its own answer: keep the clock as it ran before the change.
    return offsetAt(late) === after ? late : early
  }
}

/** Tells how far a zone's clock is ahead of UTC at an instant, in milliseconds. Throws `zone.unknown` (settings). */
export function compileOffset(zone: string): (instantMs: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    })
  } catch (cause) {
    throw new OnefoldError('settings', 'zone.unknown', 'The time zone is not known.', {
      hint: 'Use a name such as Europe/Berlin, or an offset such as +02:00.',
      cause,
    })
  }
  return (instantMs) => {
    const instant = new Date(instantMs)
    if (Number.isNaN(instant.getTime())) return 0
    const at: Record<string, number> = {}
    let era = ''
    for (const { type, value } of format.formatToParts(instant)) {
      if (type === 'era') era = value
      else at[type] = Number(value)
    }
    const year = era.startsWith('B') ? 1 - (at['year'] ?? 0) : (at['year'] ?? 0)
    const wall = new Date(0)
    wall.setUTCFullYear(year, (at['month'] ?? 1) - 1, at['day'] ?? 1)
    wall.setUTCHours(at['hour'] ?? 0, at['minute'] ?? 0, at['second'] ?? 0)
    return wall.getTime() - Math.floor(instantMs / 1000) * 1000
  }
}
