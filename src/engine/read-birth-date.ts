import type { DateOrder } from '../record/derive-region-habits.ts'
import { parseCalendarDate } from '../record/parse-calendar-date.ts'

/** A date as it was written, possible or not: a slip of the keyboard makes months of 87. 0 is not known. */
export interface WrittenDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

const NUMBERS = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ].*)?$/
const LONGEST = 40

/**
 * Reads a birth date in the column's order without asking whether the day exists, since a mistyped date still says
 * most of what the right one does. Two-digit years are the latest not after `pivotYear`.
 */
export function readBirthDate(cell: string, order: DateOrder, pivotYear: number): WrittenDate | undefined {
  if (cell.length > LONGEST) return undefined
  const date = readNumbers(cell, order, pivotYear) ?? readOther(cell, order, pivotYear)
  return date === undefined || (date.year === 0 && date.month === 0) ? undefined : date
}

/** The one spelling of a date by which dates are told apart. */
export function spellWrittenDate({ year, month, day }: WrittenDate): string {
  return `${year}-${month}-${day}`
}

/** Reads what `spellWrittenDate` wrote. */
export function parseWrittenDate(key: string): WrittenDate {
  const [year, month, day] = key.split('-')
  return { year: Number(year), month: Number(month), day: Number(day) }
}

function readNumbers(cell: string, order: DateOrder, pivotYear: number): WrittenDate | undefined {
  if (/^\d{8}$/.test(cell)) {
    const [a, b, c] = order === 'ymd' ? [4, 6, 8] : [2, 4, 8]
    const parts = [Number(cell.slice(0, a)), Number(cell.slice(a, b)), Number(cell.slice(b, c))] as const
    return arrange(parts, order)
  }
  const found = NUMBERS.exec(cell)
  if (found === null) return undefined
  const [, first = '', second = '', third = ''] = found
  const parts = [Number(first), Number(second), Number(third)] as const
  if (first.length >= 3) return arrange(parts, 'ymd')
  if (order === 'ymd' && third.length <= 2) return { ...arrange(parts, 'ymd'), year: widen(parts[0], pivotYear) }
  const used = order === 'ymd' ? 'dmy' : order
  const date = arrange(parts, used)
  const year = third.length <= 2 ? widen(date.year, pivotYear) : date.year
  // A day above twelve in the month's place was written in the other order.
  if (date.month > 12 && date.day <= 12 && date.day > 0) return { year, month: date.day, day: date.month }
  return { ...date, year }
}

function arrange([a, b, c]: readonly [number, number, number], order: DateOrder): WrittenDate {
  if (order === 'ymd') return { year: a, month: b, day: c }
  return order === 'dmy' ? { year: c, month: b, day: a } : { year: c, month: a, day: b }
}

function widen(year: number, pivotYear: number): number {
  const full = year + pivotYear - (pivotYear % 100)
  return full > pivotYear ? full - 100 : full
}

function readOther(cell: string, order: DateOrder, pivotYear: number): WrittenDate | undefined {
  const read = parseCalendarDate(cell, order, pivotYear)?.date
  return read === undefined ? undefined : { year: read.year, month: read.month ?? 0, day: read.day ?? 0 }
}
