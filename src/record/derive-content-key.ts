/** Columns in the order of the key, worked out once a delivery: all its rows share the array. */
interface Order {
  readonly indexes: readonly number[]
  /** What stands in front of each value: the name with its length. */
  readonly prefixes: readonly string[]
  readonly names: readonly string[]
  readonly repeated: boolean
}

const ordersByColumns = new WeakMap<readonly string[], Order>()

/**
 * Derives the canonical text of a row's content: the same for the same cells in any order of columns.
 *
 * Columns are sorted by name (equal names by value), cells trimmed, missing cells left out, so that a column
 * appended later and empty changes nothing. Lengths in front of each part make two different rows differ always.
 * Hash it before storing: it holds the row's values.
 */
export function deriveContentKey(columns: readonly string[], cells: readonly (string | null)[]): string {
  let order = ordersByColumns.get(columns)
  if (order === undefined || order.indexes.length !== columns.length) {
    order = orderColumns(columns)
    ordersByColumns.set(columns, order)
  }
  const { indexes, prefixes, repeated } = order
  if (repeated) return deriveRepeatedKey(order, cells)
  let key = ''
  for (let place = 0; place < indexes.length; place++) {
    const value = cells[indexes[place]!]?.trim() ?? ''
    if (value !== '') key += `${prefixes[place]!}${value.length}:${value};`
  }
  return key
}

function orderColumns(columns: readonly string[]): Order {
  const indexes = columns
    .map((_, index) => index)
    .sort((left, right) => compareText(columns[left], columns[right]) || left - right)
  const names = indexes.map((index) => columns[index] ?? '')
  const prefixes = names.map((name) => `${name.length}:${name}=`)
  return { indexes, names, prefixes, repeated: new Set(names).size < names.length }
}

function deriveRepeatedKey({ indexes, names, prefixes }: Order, cells: readonly (string | null)[]): string {
  const parts: string[] = []
  let previous: string | undefined
  let run = 0
  for (const [place, index] of indexes.entries()) {
    const value = cells[index]?.trim() ?? ''
    if (value === '') continue
    run = names[place] === previous ? run : parts.length
    previous = names[place]
    parts.push(`${prefixes[place]}${value.length}:${value};`)
    // Columns of one name have no order of their own.
    if (parts.length - run > 1) parts.push(...parts.splice(run).sort())
  }
  return parts.join('')
}

function compareText(left = '', right = ''): number {
  return left < right ? -1 : left > right ? 1 : 0
}
