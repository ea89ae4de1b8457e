import { CsvRowParser } from './csv-row-parser.ts'
import type { FileFormat } from './file-format.ts'
import { JsonRowParser } from './json-row-parser.ts'
import { MAX_COLUMNS } from './read-limits.ts'
import type { ReadOptions } from './read-options.ts'
import type { RowParser } from './row-parser.ts'

/** The parser for a format, with the columns of the checkpoint when reading resumes. */
export function openRowParser(format: FileFormat, options: ReadOptions): RowParser {
  const columns = options.checkpoint?.columns ?? []
  const maxColumns = options.maxColumns ?? MAX_COLUMNS
  if (format.syntax !== 'csv') return new JsonRowParser(columns, maxColumns)
  return new CsvRowParser({ format, columns, maxColumns, onNotice: options.onNotice ?? (() => {}) })
}
