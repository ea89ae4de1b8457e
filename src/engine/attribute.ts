import type { Column } from './table.ts'

/** What one or several columns say, read once per distinct value. */
export interface Attribute<Item> {
  /** Index into `items`, one a row; 0 where nothing is said. */
  readonly codes: Int32Array
  /** Further values of a row, where there can be several; 0 where there is none. */
  readonly others?: readonly Int32Array[]
  /** `items[0]` stands for nothing and is never compared. */
  readonly items: readonly Item[]
  /** Spelling by which items are told apart. */
  readonly keys: readonly string[]
  /** Rows that say it, by code. */
  readonly counts: Int32Array
}

export interface Reading<Item> {
  readonly key: string
  readonly item: Item
}

/**
 * Reads the rows of some columns through `read`, which is asked once for each distinct combination of cells and
 * answers undefined where they say nothing. Readings with one key are one item. `placeholder` stands at index 0.
 */
export function deriveAttribute<Item>(
  columns: readonly Column[],
  rowCount: number,
  placeholder: Item,
  read: (cells: readonly string[]) => Reading<Item> | undefined,
): Attribute<Item> {
  const items: Item[] = [placeholder]
  const keys: string[] = ['']
  const codeOfKey = new Map<string, number>()
  const intern = (cells: readonly string[]): number => {
    const reading = cells.every((cell) => cell === '') ? undefined : read(cells)
    if (reading === undefined || reading.key === '') return 0
    const known = codeOfKey.get(reading.key)
    if (known !== undefined) return known
    codeOfKey.set(reading.key, items.length)
    keys.push(reading.key)
    items.push(reading.item)
    return items.length - 1
  }
  const codes = new Int32Array(rowCount)
  const [only] = columns
  if (only !== undefined && columns.length === 1) {
    const ofValue = Int32Array.from(only.values, (value) => intern([value]))
    for (let row = 0; row < rowCount; row++) codes[row] = ofValue[only.codes[row]!]!
  } else if (columns.length > 1) {
    const ofTuple = new Map<string, number>()
    for (let row = 0; row < rowCount; row++) {
      const tuple = columns.map((column) => column.codes[row]!).join(' ')
      let code = ofTuple.get(tuple)
      if (code === undefined) {
        code = intern(columns.map((column) => column.values[column.codes[row]!]!))
        ofTuple.set(tuple, code)
      }
      codes[row] = code
    }
  }
  const counts = new Int32Array(items.length)
  for (let row = 0; row < rowCount; row++) counts[codes[row]!]!++
  counts[0] = 0
  return { codes, items, keys, counts }
}
