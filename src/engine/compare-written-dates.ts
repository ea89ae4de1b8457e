import { isDigitSlip } from '../matching/is-digit-slip.ts'
import type { WrittenDate } from './read-birth-date.ts'

/** Places among the levels of `birth_date` below exact agreement. */
const PARTIAL = 1
const SLIP = 2
const SAME_MONTH = 3
const SAME_DAY = 4
const YEAR = 5
const DIFFERENT = 6

/**
 * How far two different dates agree, as a place among the levels of `birth_date`. Partial: what both know agrees,
 * or one is the first of January of the other's year, which systems write when they know the year only. Slip: one
 * digit of eight differs, two neighbours are exchanged, or day and month are, also with one digit wrong. Symmetric.
 */
export function compareWrittenDates(a: WrittenDate, b: WrittenDate): number {
  const isSameYear = a.year === b.year
  const isSameMonth = a.month === b.month
  const isSameDay = a.day === b.day
  if (a.day === 0 || b.day === 0) {
    if (!isSameYear) return DIFFERENT
    if (a.month === 0 || b.month === 0 || isSameMonth) return PARTIAL
    return YEAR
  }
  if (isSameYear && (isNewYear(a) || isNewYear(b))) return PARTIAL
  const digitsA = a.year * 10_000 + a.month * 100 + a.day
  const digitsB = b.year * 10_000 + b.month * 100 + b.day
  if (isDigitSlip(digitsA, digitsB) || (isSameYear && a.month === b.day && a.day === b.month)) return SLIP
  if (isSameYear && isSameMonth) return SAME_MONTH
  if (isSameMonth && isSameDay) return SAME_DAY
  if (isSameYear) return YEAR
  return DIFFERENT
}

function isNewYear(date: WrittenDate): boolean {
  return date.month === 1 && date.day === 1
}
