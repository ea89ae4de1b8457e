import type { DateOrder } from './derive-region-habits.ts'
import type { Normalization } from './normalization.ts'
import type { PartialDate } from './normalized-record.ts'
import { parseCalendarDate } from './parse-calendar-date.ts'

export interface BirthDateOptions {
  /** What `03/04/1980` means; `declared` when the source says so rather than its region suggesting it. */
  readonly order: DateOrder
  readonly declared: boolean
  /** Nobody is born after this instant (its UTC day). */
  readonly asOf: Date
}

/** Oldest age believed, in years: the longest verified life was 122 (J. Calment, 1997); next to nobody passes 120. */
const OLDEST_AGE = 120

/** Dates that systems write for "unknown": SQL Server, Unix, .NET and Excel epochs, MySQL's zero and highest dates. */
const DEFAULT_DATES = new Set(['1900-1-1', '1970-1-1', '1-1-1', '0-0-0', '1899-12-30', '1899-12-31', '9999-12-31'])

/**
 * Reads a birth date, whole or in part; 1 January and 29 February are dates like any other.
 *
 * Issues: `birth_date.invalid` (no reading is a real day), `.default` (a system's epoch, kept out),
 * `.out_of_range` (after `asOf` or more than 120 years before), and beside a value `.ambiguous` (day and month
 * could change places and no order was declared), `.swapped` (fits only the other order), `.two_digit_year`.
 * A time of day behind the date is ignored. Idempotent over ISO spelling.
 */
export function normalizeBirthDate(raw: string, options: BirthDateOptions): Normalization<PartialDate> {
  const text = dropTime(raw.trim())
  if (text === '') return undefined
  if (text.length > LENGTH_LIMIT) return { issue: 'birth_date.invalid' }
  const thisYear = options.asOf.getUTCFullYear()
  const reading = parseCalendarDate(text, options.order, thisYear)
  if (reading === undefined) return { issue: 'birth_date.invalid' }
  const { year, month = 0, day = 0 } = reading.date
  if (DEFAULT_DATES.has(`${year}-${month}-${day}`)) return { issue: 'birth_date.default' }
  const age = deriveAge(reading.date, options.asOf)
  if (age < 0 || age > OLDEST_AGE) return { issue: 'birth_date.out_of_range' }
  switch (reading.certainty) {
    case 'ambiguous':
      return options.declared ? { value: reading.date } : { value: reading.date, issue: 'birth_date.ambiguous' }
    case 'swapped':
      return { value: reading.date, issue: 'birth_date.swapped' }
    case 'two_digit_year':
      return { value: reading.date, issue: 'birth_date.two_digit_year' }
    default:
      return { value: reading.date }
  }
}

/** `le 23 septiembre de 1980` is the longest spelling read, with room to spare. */
const LENGTH_LIMIT = 40

/** Completed years at `asOf`; unknown parts count in favour of the date. Negative when it lies ahead. */
function deriveAge(birth: PartialDate, asOf: Date): number {
  const years = asOf.getUTCFullYear() - birth.year
  if (birth.month === undefined) return years
  const months = asOf.getUTCMonth() + 1 - birth.month
  const ahead = months < 0 || (months === 0 && birth.day !== undefined && asOf.getUTCDate() < birth.day)
  return ahead ? years - 1 : years
}

/** Cuts `T00:00:00Z` or ` 00:00` behind a date; the zone is ignored, since a birthday has none. */
function dropTime(text: string): string {
  const colon = text.indexOf(':')
  if (colon < 8) return text
  let start = colon - 1
  while (start > 0 && text.charCodeAt(start) >= 48 && text.charCodeAt(start) <= 57) start--
  const mark = text[start]
  return mark === 'T' || mark === 't' || mark === ' ' ? text.slice(0, start).trimEnd() : text
}
