import { hashText, joinHashes } from './hash-text.ts'
import { shareInts } from './share-array.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

/** Rows times this plus a hash of 29 bits fit into a double. */
const ROW_SPACE: number = 2 ** 24

/**
 * Rows in an order that depends on what they say only, so that what is drawn at random is the same however a file
 * is sorted. Rows that say the same in all columns stand together.
 */
export function rankRows(columns: readonly Column[], rowCount: number): Int32Array {
  const named = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1))
  const first = new Int32Array(rowCount)
  const second = new Int32Array(rowCount)
  for (const column of named) {
    const textOf = openTexts(column.values)
    const one = new Int32Array(column.values.size)
    const two = new Int32Array(column.values.size)
    for (let code = 0; code < one.length; code++) {
      const value = textOf(code)
      one[code] = hashText(`1${value}`)
      two[code] = hashText(`2${value}`)
    }
    for (let row = 0; row < rowCount; row++) {
      first[row] = joinHashes(first[row]! || 1, one[column.codes[row]!]!)
      second[row] = joinHashes(second[row]! || 1, two[column.codes[row]!]!)
    }
  }
  const sorted = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row++) sorted[row] = first[row]! * ROW_SPACE + row
  sorted.sort()
  const order = shareInts(rowCount)
  for (let rank = 0; rank < rowCount; rank++) order[rank] = sorted[rank]! % ROW_SPACE
  for (let from = 0; from < rowCount;) {
    let to = from + 1
    while (to < rowCount && first[order[to]!] === first[order[from]!]) to++
    if (to - from > 1) order.subarray(from, to).sort((a, b) => second[a]! - second[b]!)
    from = to
  }
  return order
}
