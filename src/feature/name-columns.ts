import type { CategoryColumn } from './fit-category.ts'
import type { NumberColumn } from './fit-number.ts'

/** Names of the columns that a model reads, `country__GB` for one of a category. */
export function nameColumns(columns: readonly (NumberColumn | CategoryColumn)[]): readonly string[] {
  return columns.flatMap((column) =>
    column.kind === 'number' || column.oneHot === null
      ? [column.name]
      : column.oneHot.map((category) => `${column.name}__${category}`),
  )
}
