/**
 * One column a category, 1 where a row is of it. Categories are those given, else those that occur, sorted.
 * A row of no category, or of one that is not among those given, is all zeros: unknown is nobody's kind.
 */
export function encodeOneHot(
  values: readonly (string | undefined)[],
  categories: readonly string[] = [...new Set(values.filter((value) => value !== undefined))].toSorted(),
): { categories: readonly string[]; rows: Uint8Array[] } {
  const columns = new Map(categories.map((category, column) => [category, column]))
  const rows = values.map((value) => {
    const row = new Uint8Array(categories.length)
    const column = value === undefined ? undefined : columns.get(value)
    if (column !== undefined) row[column] = 1
    return row
  })
  return { categories, rows }
}
