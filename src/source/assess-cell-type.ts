import type { CellType } from './source-contract.ts'

const INTEGER = /^[+-]?\d+$/
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/
const BOOLEAN = /^(?:true|false|t|f|yes|no|y|n|0|1)$/i

/**
 * Whether a cell is written as its contract says. Text is anything. Numbers have a point, no thousands separators,
 * and any count of digits; dates are ISO 8601 days that exist; timestamps are such a day, `T` or a blank, and a
 * time, with or without an offset (no 24:00, no leap second). Blanks around are ignored; empty is the business of
 * `nullable`, so it has no type but text.
 */
export function assessCellType(value: string, type: CellType): boolean {
  const cell = value.trim()
  switch (type) {
    case 'text':
      return true
    case 'integer':
      return INTEGER.test(cell)
    case 'number':
      return NUMBER.test(cell)
    case 'boolean':
      return BOOLEAN.test(cell)
    case 'date':
      return isDay(cell)
    case 'timestamp':
      return /^.{10}[T ]/.test(cell) && isDay(cell.slice(0, 10)) && TIME.test(cell.slice(11))
  }
}

function isDay(text: string): boolean {
  const parts = DATE.exec(text)
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (lengths[month - 1] ?? 0)
}
