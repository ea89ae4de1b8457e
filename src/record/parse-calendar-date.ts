import { deriveMonthLength } from './derive-month-length.ts'
import type { DateOrder } from './derive-region-habits.ts'
import { MONTHS_BY_NAME } from './month-names.ts'
import type { PartialDate } from './normalized-record.ts'
import { normalizeText } from './normalize-text.ts'

export interface DateReading {
  readonly date: PartialDate
  /** How sure the reading is: `swapped` fits only an order other than the expected one. */
  readonly certainty: 'plain' | 'ambiguous' | 'swapped' | 'two_digit_year'
}

/** Words between the parts of a written date that say nothing. */
const FILLERS = new Set(['de', 'del', 'den', 'der', 'the', 'of', 'le', 'el', 'am', 'st', 'nd', 'rd', 'th', 'er'])

/**
 * Parses a calendar date as people and systems write it; `undefined` when no reading is a real day.
 *
 * Reads ISO, `yyyymmdd`, numbers in any order with `. / -` or blanks, month names in four languages, year alone,
 * year and month, and `00` for an unknown month or day. A two-digit year is the latest one not after `pivotYear`.
 * Numbers alone are never taken for spreadsheet serials. `order` decides what could be read both ways.
 */
export function parseCalendarDate(text: string, order: DateOrder, pivotYear: number): DateReading | undefined {
  const parts = splitParts(text)
  if (parts === undefined || parts.length > 3) return undefined
  const named = parts.findIndex((part) => part.month !== undefined)
  if (named >= 0) return readNamed(parts, named, pivotYear)
  const digits = parts.map((part) => part.digits)
  const [first = '', second = '', third = ''] = digits
  if (digits.length === 1) return readCompact(first, order)
  if (digits.length === 2) {
    if (first.length === 4 && second.length <= 2) return read(first, second, '', pivotYear)
    if (second.length === 4 && first.length <= 2) return read(second, first, '', pivotYear)
    return undefined
  }
  if (first.length === 4)
    return second.length <= 2 && third.length <= 2 ? read(first, second, third, pivotYear) : undefined
  if (first.length > 2 || second.length > 2) return undefined
  if (order === 'ymd' && third.length <= 2) return read(first, second, third, pivotYear)
  if (third.length !== 4 && third.length !== 2) return undefined
  const dayFirst = order !== 'mdy'
  const expected = dayFirst ? read(third, second, first, pivotYear) : read(third, first, second, pivotYear)
  const other = dayFirst ? read(third, first, second, pivotYear) : read(third, second, first, pivotYear)
  if (expected === undefined) return other === undefined ? undefined : { ...other, certainty: 'swapped' }
  if (other === undefined || first === second || Number(first) === Number(second)) return expected
  // 00 marks an unknown part, so it does not make a second reading.
  return Number(first) === 0 || Number(second) === 0 ? expected : { ...expected, certainty: 'ambiguous' }
}

interface Part {
  readonly digits: string
  readonly month?: number
}

function splitParts(text: string): readonly Part[] | undefined {
  const parts: Part[] = []
  let i = 0
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      let end = i + 1
      while (end < text.length && isDigit(text.charCodeAt(end))) end++
      parts.push({ digits: text.slice(i, end) })
      i = end
    } else if (isLetter(code)) {
      let end = i + 1
      while (end < text.length && isLetter(text.charCodeAt(end))) end++
      const word = normalizeText(text.slice(i, end))
      const month = MONTHS_BY_NAME.get(word)
      if (month !== undefined) parts.push({ digits: '', month })
      else if (!FILLERS.has(word)) return undefined
      i = end
    } else if (code === 32 || (code >= 44 && code <= 47) || code === 0xa0 || code === 0xba) i++
    else return undefined
    if (parts.length > 3) return undefined
  }
  return parts.length === 0 ? undefined : parts
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code > 0xbf && code < 0x370)
}

function readNamed(parts: readonly Part[], named: number, pivotYear: number): DateReading | undefined {
  const month = String(parts[named]?.month)
  const rest = parts.filter((_, index) => index !== named)
  if (rest.some((part) => part.month !== undefined)) return undefined
  const [first = '', second = ''] = rest.map((part) => part.digits)
  if (rest.length === 1) return first.length === 4 ? read(first, month, '', pivotYear) : undefined
  if (rest.length !== 2) return undefined
  if (first.length === 4) return read(first, month, second, pivotYear)
  return read(second, month, first, pivotYear)
}

/** `1958`, `19580312`, and eight digits in the expected order when they cannot be year first. */
function readCompact(digits: string, order: DateOrder): DateReading | undefined {
  if (digits.length === 4) return read(digits, '', '', 0)
  if (digits.length !== 8) return undefined
  const yearFirst = read(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6), 0)
  // Years 1 to 1799 are no one's birth and no event: such digits were day or month first.
  if (order === 'ymd' || (yearFirst !== undefined && (yearFirst.date.year >= 1800 || yearFirst.date.year <= 1))) {
    return yearFirst
  }
  const year = digits.slice(4)
  return order === 'dmy'
    ? read(year, digits.slice(2, 4), digits.slice(0, 2), 0)
    : read(year, digits.slice(0, 2), digits.slice(2, 4), 0)
}

function read(yearText: string, monthText: string, dayText: string, pivotYear: number): DateReading | undefined {
  if (yearText.length !== 4 && yearText.length !== 2) return undefined
  if (dayText.length > 2 || monthText.length > 2) return undefined
  const month = Number(monthText)
  const day = Number(dayText)
  let year = Number(yearText)
  const short = yearText.length === 2
  if (short) {
    year += pivotYear - (pivotYear % 100)
    if (year > pivotYear) year -= 100
  }
  if (month > 12 || day > 31 || (month > 0 && day > deriveMonthLength(year, month))) return undefined
  const date = month === 0 ? { year } : day === 0 ? { year, month } : { year, month, day }
  return { date, certainty: short ? 'two_digit_year' : 'plain' }
}
