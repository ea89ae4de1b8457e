import type { PartialDate } from '../record/normalized-record.ts'
import type { Compared } from './comparison.ts'
import { isDigitSlip } from './is-digit-slip.ts'

/**
 * How far two birth dates agree. `partial`: one side does not know day or month and what both know agrees. `typo`:
 * one digit of the eight differs or two neighbours are exchanged, also after exchanging day and month, because the
 * order of a source is wrong for all its dates. Then same year and month,
 * same day and month, same year. Symmetric; missing when one side knows no year.
 */
export function compareBirthDates(a: PartialDate | undefined, b: PartialDate | undefined): Compared<'birth_date'> {
  if (a === undefined || b === undefined) return 'missing'
  const isSameYear = a.year === b.year
  const isSameMonth = a.month === b.month
  if (a.month === undefined || b.month === undefined) return isSameYear ? 'partial' : 'different'
  if (a.day === undefined || b.day === undefined) {
    if (!isSameYear) return 'different'
    return isSameMonth ? 'partial' : 'year'
  }
  const isSameDay = a.day === b.day
  if (isSameYear && isSameMonth && isSameDay) return 'exact'
  const digitsA = digitsOf(a.year, a.month, a.day)
  const digitsB = digitsOf(b.year, b.month, b.day)
  if (
    isDigitSlip(digitsA, digitsB) ||
    (a.day <= 12 && isDigitSlip(digitsOf(a.year, a.day, a.month), digitsB)) ||
    (b.day <= 12 && isDigitSlip(digitsOf(b.year, b.day, b.month), digitsA))
  ) {
    return 'typo'
  }
  if (isSameYear && isSameMonth) return 'same_month'
  if (isSameMonth && isSameDay) return 'same_day'
  return isSameYear ? 'year' : 'different'
}

function digitsOf(year: number, month: number, day: number): number {
  return year * 10_000 + month * 100 + day
}
