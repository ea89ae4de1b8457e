import type { Table } from '../../engine/table.ts'
import { openTexts } from '../../engine/texts.ts'

/** Up to `most` rows spread evenly over the table, as cells. */
export function sampleRows(table: Table, most: number): readonly (readonly (string | null)[])[] {
  const count = Math.min(most, table.rowCount)
  const texts = table.columns.map(({ values }) => openTexts(values))
  return Array.from({ length: count }, (_, at) => {
    const row = Math.floor((at * table.rowCount) / count)
    return table.columns.map(({ codes }, column) => texts[column]!(codes[row]!) || null)
  })
}
