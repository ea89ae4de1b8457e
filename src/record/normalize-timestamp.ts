import { compileZone } from './compile-zone.ts'
import type { ZoneClock } from './compile-zone.ts'
import { deriveMonthLength } from './derive-month-length.ts'
import type { DateOrder } from './derive-region-habits.ts'
import type { Normalization } from './normalization.ts'
import { parseCalendarDate } from './parse-calendar-date.ts'
import { parseClockTime } from './parse-clock-time.ts'

export interface TimestampOptions {
  /** Clock of a time without a zone: compiled, or an IANA name or offset. Default UTC. */
  readonly zone?: string | ZoneClock
  /** What `3/4/2024 10:00` means. Default day first. */
  readonly order?: DateOrder
  /** True when the source declares its order: nothing is ambiguous then. */
  readonly declared?: boolean
  /** Two-digit years are the latest not after this year. Default 2068, as POSIX strptime has it. */
  readonly pivotYear?: number
  /** The field in the issue's code: `occurred_at` or `updated_at`. */
  readonly field?: string
}

const INVALID: Readonly<Record<string, { readonly issue: string }>> = {
  occurred_at: { issue: 'occurred_at.invalid' },
  updated_at: { issue: 'updated_at.invalid' },
}

/**
 * Reads an instant: ISO 8601, databases' and logs' spellings, Unix time in seconds to nanoseconds by digit count.
 *
 * A time without a zone is read by `zone`; a date alone is its midnight. `24:00`, `:60`, `infinity`, impossible days
 * and years outside 1 to 9999 are invalid rather than rolled over to another instant.
 * Issues: `<field>.invalid`; beside a value `<field>.ambiguous` and `<field>.swapped` as for birth dates.
 * Idempotent over ISO spelling, to the millisecond.
 */
export function normalizeTimestamp(raw: string, options: TimestampOptions = {}): Normalization<Date> {
  const field = options.field ?? 'occurred_at'
  const invalid = INVALID[field] ?? { issue: `${field}.invalid` }
  let text = raw.trim()
  if (text === '') return undefined
  // JavaScript's own spelling ends in the zone's name: `… GMT+0200 (Central European Summer Time)`.
  if (text.endsWith(')')) text = text.slice(0, Math.max(0, text.lastIndexOf('('))).trimEnd()
  if (text.length > LENGTH_LIMIT) return invalid
  const zone = options.zone ?? 'UTC'
  const quick = readIso(text, zone)
  if (quick !== undefined) return inRange(quick) ? { value: new Date(quick) } : invalid
  const unixMs = readCount(text, zone)
  if (unixMs !== undefined) return inRange(unixMs) ? { value: new Date(unixMs) } : invalid

  const cut = findTime(text)
  const time = cut === undefined ? { wallMs: 0, offsetMs: undefined } : parseClockTime(text.slice(cut.from, cut.to))
  if (time === undefined) return invalid
  const dateText = cut === undefined ? text : `${text.slice(0, cut.from)}${text.slice(cut.to)}`
  const reading = parseCalendarDate(dropWeekday(dateText), options.order ?? 'dmy', options.pivotYear ?? 2068)
  const { year, month, day } = reading?.date ?? {}
  if (year === undefined || month === undefined || day === undefined) return invalid
  const ms = shift(midnight(year, month, day) + time.wallMs, time.offsetMs, zone)
  if (!inRange(ms)) return invalid
  const certainty = reading?.certainty
  if (certainty === 'swapped') return { value: new Date(ms), issue: `${field}.swapped` }
  if (certainty === 'ambiguous' && options.declared !== true)
    return { value: new Date(ms), issue: `${field}.ambiguous` }
  return { value: new Date(ms) }
}

/** `Wednesday, 12 September 2024 10:00:00.000000 +0200` fits. */
const LENGTH_LIMIT = 64
const FIRST_MS = -62_135_596_800_000 // 0001-01-01T00:00:00Z
const LAST_MS = 253_402_300_799_999 // 9999-12-31T23:59:59.999Z

function inRange(ms: number): boolean {
  return ms >= FIRST_MS && ms <= LAST_MS
}

function midnight(year: number, month: number, day: number): number {
  if (year > 99) return Date.UTC(year, month - 1, day)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime()
}

function shift(wallMs: number, offsetMs: number | undefined, zone: string | ZoneClock): number {
  if (offsetMs !== undefined) return wallMs - offsetMs
  return typeof zone === 'string' ? compileZone(zone)(wallMs) : zone(wallMs)
}

/** `yyyy-mm-dd`, then nothing or `T`/blank and a time: nearly all rows, so by character codes. */
function readIso(text: string, zone: string | ZoneClock): number | undefined {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined
  const year = readDigits(text, 0, 4)
  const month = readDigits(text, 5, 7)
  const day = readDigits(text, 8, 10)
  // Not digits at all: the slow path may know better. Not a day: it will say so.
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > deriveMonthLength(year, month)) return undefined
  const ms = Date.UTC(year, month - 1, day)
  if (text.length === 10) return shift(ms, undefined, zone)
  const mark = text.charCodeAt(10)
  if (mark !== 84 && mark !== 32 && mark !== 116) return undefined
  const time = parseClockTime(text.slice(11))
  return time === undefined ? undefined : shift(ms + time.wallMs, time.offsetMs, zone)
}

function readDigits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/**
 * Unix time by its number of digits: 9 or 10 seconds (1973 to 2286), 12 or 13 milliseconds, 15 or 16 microseconds,
 * 18 or 19 nanoseconds; seconds may have a fraction. Fourteen digits are `yyyymmddhhmmss`, not a count.
 */
function readCount(text: string, zone: string | ZoneClock): number | undefined {
  let digits = 0
  while (digits < text.length && readDigits(text, digits, digits + 1) >= 0) digits++
  if (digits < text.length) {
    if (text.charCodeAt(digits) !== 46 || (digits !== 9 && digits !== 10)) return undefined
    for (let i = digits + 1; i < text.length; i++) if (readDigits(text, i, i + 1) < 0) return undefined
    return Math.floor(Number(text) * 1000)
  }
  if (digits === 14) {
    const time = parseClockTime(`${text.slice(8, 10)}:${text.slice(10, 12)}:${text.slice(12)}`)
    const date = parseCalendarDate(text.slice(0, 8), 'ymd', 0)?.date
    if (time === undefined || date?.month === undefined || date.day === undefined) return Number.NaN
    return shift(midnight(date.year, date.month, date.day) + time.wallMs, undefined, zone)
  }
  const scale = digits === 9 || digits === 10 ? 1000 : digits === 12 || digits === 13 ? 1 : 0
  if (scale > 0) return Number(text) * scale
  // Cut rather than divided: nanoseconds do not fit a double.
  if (digits === 15 || digits === 16) return Number(text.slice(0, -3))
  return digits === 18 || digits === 19 ? Number(text.slice(0, -6)) : undefined
}

interface Span {
  readonly from: number
  readonly to: number
}

/** Where the time of day is inside a spelled instant: from the hour to the end, or to a year behind it (`ctime`). */
function findTime(text: string): Span | undefined {
  const colon = text.indexOf(':')
  if (colon < 0) {
    // ISO 8601 basic form, `20240512T101500Z`.
    const mark = text.charCodeAt(8)
    return mark === 84 || mark === 116 ? { from: 8, to: text.length } : undefined
  }
  // Apache's log: `12/May/2024:10:15:00 +0200` has its first colon before the hour.
  const logged = text.charCodeAt(colon - 1) >= 48 && colon >= 10 && text.indexOf('/') === 2 && text.charCodeAt(3) > 57
  let from = logged ? colon : colon - 1
  if (!logged) while (from > 0 && readDigits(text, from - 1, from) >= 0) from--
  const year = /\s\d{4}$/.exec(text)
  const to = year !== null && year.index > colon && from > 0 ? year.index : text.length
  // `2024-05-31T10:15` keeps its T with the time.
  const mark = from > 0 ? text.charCodeAt(from - 1) : 0
  if (mark === 84 || mark === 116) from--
  return { from, to }
}

const WEEKDAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])

/** RFC 5322 and ctime put the day of the week in front; it adds nothing. */
function dropWeekday(text: string): string {
  if (!WEEKDAYS.has(text.slice(0, 3).toLowerCase())) return text
  let end = 3
  while (end < text.length && text.charCodeAt(end) > 64) end++
  return text.slice(end)
}
