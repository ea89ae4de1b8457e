import type { PartialDate } from '../record/normalized-record.ts'
import type { Compared } from './comparison.ts'

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
    isOneSlip(digitsA, digitsB) ||
    (a.day <= 12 && isOneSlip(digitsOf(a.year, a.day, a.month), digitsB)) ||
    (b.day <= 12 && isOneSlip(digitsOf(b.year, b.day, b.month), digitsA))
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

/** No digit differs, or one, or two neighbours are exchanged; both numbers have eight digits. */
function isOneSlip(a: number, b: number): boolean {
  let differing = 0
  let previousA = -1
  let previousB = -1
  let isExchange = false
  let isPreviousDifferent = false
  for (let place = 0; place < 8; place++) {
    const digitA = a % 10
    const digitB = b % 10
    a = (a - digitA) / 10
    b = (b - digitB) / 10
    if (digitA !== digitB) {
      differing++
      if (isPreviousDifferent && digitA === previousB && digitB === previousA) isExchange = true
    }
    isPreviousDifferent = digitA !== digitB
    previousA = digitA
    previousB = digitB
  }
  return differing <= 1 || (differing === 2 && isExchange)
}
