import type { ExportedColumn } from '../../store/export/find-exported.ts'
import type { ExportedRow } from '../../store/export/read-exported.ts'
import { formatCsvLine } from './format-csv-line.ts'
import type { RowWriter } from './row-writer.ts'

/**
 * Rows as lines of CSV under a header, or as JSON Lines, which have none: without a row they are empty. `raw` leaves texts
 * of CSV that a spreadsheet would run; JSON is run by nobody.
 */
export async function openTextRows(
  { format, raw }: { readonly format: string; readonly raw: boolean },
  columns: readonly ExportedColumn[],
  write: (piece: string) => Promise<void>,
): Promise<RowWriter> {
  const names = columns.map(({ name }) => name)
  const spell = (row: ExportedRow): string =>
    format === 'csv'
      ? formatCsvLine(
          names.map((name) => row[name] ?? null),
          raw,
        )
      : `${JSON.stringify(row)}\n`
  if (format === 'csv') await write(formatCsvLine(names, raw))
  return { append: (rows) => write(rows.map(spell).join('')), end: async () => {} }
}
