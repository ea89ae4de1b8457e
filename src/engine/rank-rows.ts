import { hashBytes, hashText, joinHashes } from './hash-text.ts'
import { shareInts } from './share-array.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

/** Rows times this plus a hash of 29 bits fit into a double. */
/** The digits `1` and `2`. */
const ONE = 49
const TWO = 50
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
    const { size, bytes, ends, isAscii } = column.values
    const hashes = new Int32Array(size * 2)
    for (let code = 0; code < size; code++) {
      const from = code === 0 ? 0 : ends[code - 1]!
      const to = ends[code]!
      hashes[code * 2] = isAscii ? hashBytes(ONE, bytes, from, to) : hashText(`1${textOf(code)}`)
      hashes[code * 2 + 1] = isAscii ? hashBytes(TWO, bytes, from, to) : hashText(`2${textOf(code)}`)
    }
    for (let row = 0; row < rowCount; row++) {
      const at = column.codes[row]! * 2
      first[row] = joinHashes(first[row]! || 1, hashes[at]!)
      second[row] = joinHashes(second[row]! || 1, hashes[at + 1]!)
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
