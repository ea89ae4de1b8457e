import { compileOffset } from '../record/compile-zone.ts'

/** No zone changes its clocks but at a quarter of an hour of UTC (tz database). */
const QUARTER_MS = 900_000
const DAY_MS = 86_400_000
/** Quarters whose offset is remembered: a month. */
const REMEMBERED = 3_000

/**
 * Numbers the days of a time zone (IANA name): instants of one local day have one number, those of the next the next.
 * Throws `zone.unknown` (settings).
 */
export function compileDay(zone: string): (instantMs: number) => number {
  const offsetAt = compileOffset(zone)
  let offsets = new Map<number, number>()
  return (instantMs) => {
    const quarter = Math.floor(instantMs / QUARTER_MS)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      if (offsets.size >= REMEMBERED) offsets = new Map()
      offset = offsetAt(quarter * QUARTER_MS)
      offsets.set(quarter, offset)
    }
    return Math.floor((instantMs + offset) / DAY_MS)
  }
}
