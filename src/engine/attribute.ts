import { openByteInterner } from './byte-interner.ts'
import { numberTuples } from './number-tuples.ts'
import { shareInts } from './share-array.ts'
import type { Column } from './table.ts'
import { openTexts, type Texts } from './texts.ts'

/** What one or several columns say, read once per distinct value. Threads share it as it is. */
export interface Attribute {
  /** Index into `keys`, one a row; 0 where nothing is said. */
  readonly codes: Int32Array
  /** Further values of a row, where there can be several; 0 where there is none. */
  readonly others?: readonly Int32Array[]
  /** Spelling by which values are told apart; what they mean is read from it (`openItems`). */
  readonly keys: Texts
  /** Rows that say it, by code. */
  readonly counts: Int32Array
}

/**
 * Reads the rows of some columns through `read`, which is asked once for each distinct combination of cells and
 * answers with the value's one spelling, empty where they say nothing.
 */
export function deriveAttribute(
  columns: readonly Column[],
  rowCount: number,
  read: (cells: readonly string[]) => string,
): Attribute {
  const interner = openByteInterner()
  const codes = shareInts(rowCount)
  const cells = columns.map(() => '')
  const [only] = columns
  if (only !== undefined && columns.length === 1) {
    const textOf = openTexts(only.values)
    const ofValue = new Int32Array(only.values.size)
    for (let code = 1; code < ofValue.length; code++) {
      cells[0] = textOf(code)
      ofValue[code] = interner.internText(read(cells))
    }
    for (let row = 0; row < rowCount; row++) codes[row] = ofValue[only.codes[row]!]!
  } else if (columns.length > 1) {
    const texts = columns.map(({ values }) => openTexts(values))
    const { numbers, firstRows } = numberTuples(
      columns.map((column) => column.codes),
      rowCount,
    )
    const ofTuple = firstRows.map((row) => {
      columns.forEach((column, at) => (cells[at] = texts[at]!(column.codes[row]!)))
      return cells.every((cell) => cell === '') ? 0 : interner.internText(read(cells))
    })
    for (let row = 0; row < rowCount; row++) codes[row] = ofTuple[numbers[row]!]!
  }
  const keys = interner.texts()
  return { codes, keys, counts: countCodes(codes, keys.size) }
}

/** How many rows say each code; code 0 counts as none. */
function countCodes(codes: Int32Array, size: number): Int32Array {
  const counts = shareInts(size)
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++
  counts[0] = 0
  return counts
}
