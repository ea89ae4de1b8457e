/** Columns in the order of the key, worked out once a delivery: all its rows share the array. */
const ordersByColumns = new WeakMap<readonly string[], readonly number[]>()

/**
 * Derives the canonical text of a row's content: the same for the same cells in any order of columns.
 *
 * Columns are sorted by name (equal names by value), cells trimmed, missing cells left out, so that a column
 * appended later and empty changes nothing. Lengths in front of each part make two different rows differ always.
 * Hash it before storing: it holds the row's values.
 */
export function deriveContentKey(columns: readonly string[], cells: readonly (string | null)[]): string {
  let order = ordersByColumns.get(columns)
  if (order === undefined || order.length !== columns.length) {
    order = columns
      .map((_, index) => index)
      .sort((left, right) => compareText(columns[left], columns[right]) || left - right)
    ordersByColumns.set(columns, order)
  }
  const parts: string[] = []
  let previous: string | undefined
  let run = 0
  for (const index of order) {
    const name = columns[index] ?? ''
    const value = cells[index]?.trim() ?? ''
    if (value === '') continue
    run = name === previous ? run : parts.length
    previous = name
    parts.push(`${name.length}:${name}=${value.length}:${value};`)
    // Columns of one name have no order of their own.
    if (parts.length - run > 1) parts.push(...parts.splice(run).sort())
  }
  return parts.join('')
}

function compareText(left = '', right = ''): number {
  return left < right ? -1 : left > right ? 1 : 0
}
