import { deriveAttribute, type Attribute } from './attribute.ts'
import { openByteInterner } from './byte-interner.ts'
import { areAlternatives, coalesceColumns } from './coalesce-columns.ts'
import { shareInts } from './share-array.ts'
import type { Column } from './table.ts'

/**
 * Reads several columns of one thing (mobile and office number) through `read`: each row says up to as many values
 * as there are columns, all from one list. The first value of a row is its code, the rest are in `others`.
 * Columns of which rows fill only one are one column.
 */
export function deriveListAttribute(
  columns: readonly Column[],
  rowCount: number,
  read: (cells: readonly string[]) => string,
  areColumnsFixed: boolean,
): Attribute {
  const one = !areColumnsFixed && areAlternatives(columns) ? coalesceColumns(columns) : undefined
  if (one !== undefined) return deriveAttribute([one], rowCount, read)
  const interner = openByteInterner()
  const codes = shareInts(rowCount * columns.length)
  for (const [at, column] of columns.entries()) {
    const { bytes, ends, size } = column.values
    const shared = new Int32Array(size)
    for (let code = 1; code < size; code++) shared[code] = interner.intern(bytes, ends[code - 1]!, ends[code]!)
    for (let row = 0; row < rowCount; row++) codes[at * rowCount + row] = shared[column.codes[row]!]!
  }
  const all = deriveAttribute([{ name: '', codes, values: interner.texts() }], codes.length, read)
  const lists = columns.map((_, at) => all.codes.subarray(at * rowCount, (at + 1) * rowCount))
  for (let row = 0; row < rowCount; row++) {
    const said = [...new Set(lists.map((list) => list[row]!))].filter((code) => code !== 0)
    lists.forEach((list, at) => (list[row] = said[at] ?? 0))
  }
  const [first = shareInts(rowCount), ...others] = lists
  return { ...all, codes: first, others: others.filter((list) => list.some((code) => code !== 0)) }
}
