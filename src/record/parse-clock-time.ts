export interface ClockTime {
  /** Milliseconds since midnight. */
  readonly wallMs: number
  /** Milliseconds east of UTC; absent when the text names no zone. */
  readonly offsetMs: number | undefined
}

const SHAPE =
  /^[Tt:\s]{0,4}(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s{0,2}([AaPp]\.?[Mm]\.?)?\s{0,2}(Z|z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?|UTC|GMT)?$/

/**
 * Parses a time of day with its zone, as behind a date: `10:15`, `T101500.123Z`, `3:04 PM`, `10:15:00 +0200`.
 *
 * Fractions are cut to milliseconds. Midnight is `00:00`; `24:00` and second 60 are no times of a day and give
 * `undefined`, as do zones named by letters other than UTC and GMT, which name several offsets each.
 */
export function parseClockTime(text: string): ClockTime | undefined {
  if (text.length > 40) return undefined
  const found = SHAPE.exec(text)
  if (found === null) return undefined
  const [, hourText = '', minuteText = '', secondText = '0', fraction = '', half = '', zone] = found
  let hour = Number(hourText)
  const minute = Number(minuteText)
  const second = Number(secondText)
  if (half !== '') {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.charCodeAt(0) === 80 || half.charCodeAt(0) === 112 ? 12 : 0)
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const wallMs = ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return { wallMs, offsetMs: zone === undefined ? undefined : readOffset(zone) }
}

function readOffset(spelled: string): number {
  const zone = spelled.length > 3 && spelled.charCodeAt(0) > 57 ? spelled.slice(3) : spelled
  const sign = zone.charCodeAt(0) === 45 ? -1 : zone.charCodeAt(0) === 43 ? 1 : 0
  if (sign === 0) return 0
  const digits = zone.slice(1).replaceAll(':', '')
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6))
  return sign * seconds * 1000
}
