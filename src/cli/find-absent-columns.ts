import type { SourceSettings } from '../config/settings.ts'
import type { FormatSettings } from '../source/file-format.ts'
import { readRows } from '../source/read-rows.ts'

/**
 * The columns that a source maps to fields by name and that a file does not have: perhaps misspelt, perhaps renamed
 * by the other side. Columns of a preset are not asked for, because exports leave some out; nor is a file of which
 * the first 200 rows name no column at all.
 */
export async function findAbsentColumns(
  file: string,
  source: SourceSettings,
  format: FormatSettings,
): Promise<string[]> {
  const mapped = Object.keys(source.columns)
  if (mapped.length === 0) return []
  for await (const { columns } of readRows(file, { format, batchRows: 200 })) {
    return columns.length === 0 ? [] : mapped.filter((column) => !columns.includes(column))
  }
  return []
}
