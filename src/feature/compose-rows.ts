import { encodeOneHot } from './encode-one-hot.ts'
import type { CategoryColumn } from './fit-category.ts'
import type { NumberColumn } from './fit-number.ts'

/** The rows from `from` up to but not including `to`, a cell a column in the order of `nameColumns`; null for no category. */
export function composeRows(
  columns: readonly (NumberColumn | CategoryColumn)[],
  from: number,
  to: number,
): (number | string | null)[][] {
  const rows: (number | string | null)[][] = Array.from({ length: to - from }, () => [])
  for (const column of columns) {
    if (column.kind === 'number') {
      rows.forEach((row, n) => row.push(column.values[from + n] ?? null))
      continue
    }
    const texts = rows.map((_, n) => column.categories[column.codes[from + n] ?? -1])
    const encoded = column.oneHot === null ? undefined : encodeOneHot(texts, column.oneHot).rows
    rows.forEach((row, n) => row.push(...(encoded === undefined ? [texts[n] ?? null] : (encoded[n] ?? []))))
  }
  return rows
}
