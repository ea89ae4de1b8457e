import { deriveAttribute, type Attribute, type Reading } from './attribute.ts'
import { areAlternatives, coalesceColumns } from './coalesce-columns.ts'
import type { Column } from './table.ts'

/**
 * Reads several columns of one thing (mobile and office number) through `read`: each row says up to as many values
 * as there are columns, all from one list of items. The first value of a row is its code, the rest are in `others`.
 * Columns of which rows fill only one are one column.
 */
export function deriveListAttribute<Item>(
  columns: readonly Column[],
  rowCount: number,
  placeholder: Item,
  read: (cells: readonly string[]) => Reading<Item> | undefined,
  areColumnsFixed: boolean,
): Attribute<Item> {
  const one = !areColumnsFixed && areAlternatives(columns) ? coalesceColumns(columns) : undefined
  if (one !== undefined) return deriveAttribute([one], rowCount, placeholder, read)
  const values: string[] = ['']
  const codeOf = new Map<string, number>([['', 0]])
  const codes = new Int32Array(rowCount * columns.length)
  for (const [at, column] of columns.entries()) {
    const shared = column.values.map((value) => {
      const known = codeOf.get(value)
      if (known !== undefined) return known
      codeOf.set(value, values.length)
      return values.push(value) - 1
    })
    for (let row = 0; row < rowCount; row++) codes[at * rowCount + row] = shared[column.codes[row]!]!
  }
  const all = deriveAttribute([{ name: '', codes, values }], codes.length, placeholder, read)
  const lists = columns.map((_, at) => all.codes.slice(at * rowCount, (at + 1) * rowCount))
  for (let row = 0; row < rowCount; row++) {
    const said = [...new Set(lists.map((list) => list[row]!))].filter((code) => code !== 0)
    lists.forEach((list, at) => (list[row] = said[at] ?? 0))
  }
  const [first = new Int32Array(rowCount), ...others] = lists
  return { ...all, codes: first, others: others.filter((list) => list.some((code) => code !== 0)) }
}
