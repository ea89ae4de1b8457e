import { Buffer } from 'node:buffer'
import type { ParsedRow } from '../record/parsed-row.ts'
import { CsvRowParser } from './csv-row-parser.ts'
import { encodeDelimiter } from './encode-delimiter.ts'
import type { FormatSettings } from './file-format.ts'
import { JsonRowParser } from './json-row-parser.ts'
import { MAX_COLUMNS, MAX_ROW_BYTES } from './read-limits.ts'
import { RecordSplitter } from './record-splitter.ts'
import { NO_CELLS } from './row-parser.ts'
import type { RowSlice } from './row-slice.ts'
import { TextWindow } from './text-window.ts'

/** How the file of a row was written, and the columns it had. */
export interface RowLayout {
  /** As recognised when it was read. What is missing is taken for comma-separated UTF-8, or JSON after a `{`. */
  readonly format: FormatSettings
  readonly columns: readonly string[]
}

/**
 * Parses one row again from the bytes that were kept of it, as `readRows` parsed it within its file. A row as long as
 * the longest that is read (1 MiB) is taken for one that was cut. Columns may have been appended when a JSON row has
 * keys that no readable row of the file had. Never throws on any bytes; throws `source.bad_delimiter`.
 */
export function parseRow(
  raw: Uint8Array,
  layout: RowLayout,
  place: { readonly rowNo: number; readonly line: number },
): { readonly row: ParsedRow; readonly columns: readonly string[] } {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const { columns, format } = layout
  const encoding = format.encoding ?? 'utf-8'
  const syntax = format.syntax ?? (bytes.toString('latin1', 0, 1) === '{' ? 'jsonl' : 'csv')
  const unreadable = (defect: ParsedRow['defects'][number]): ParsedRow => ({
    ...place,
    raw: bytes,
    cells: NO_CELLS,
    defects: [defect],
  })
  if (bytes.length >= MAX_ROW_BYTES) {
    return {
      row: unreadable({ code: 'row.too_large', fatal: true, detail: 'cut at the longest row that is read' }),
      columns,
    }
  }
  if (syntax !== 'csv') {
    const parser = new JsonRowParser(columns, MAX_COLUMNS)
    const row = parser.parse(sliceWhole(bytes, encoding, place.line), place.rowNo)
    return {
      row: row ?? unreadable({ code: 'row.not_an_object', fatal: true, detail: 'a blank row' }),
      columns: parser.columns.length === columns.length ? columns : [...parser.columns],
    }
  }
  const delimiter = format.delimiter ?? ','
  const slice = cutRecord(bytes, encoding, delimiter, place.line)
  if (slice === undefined || columns.length === 0) {
    return {
      row: unreadable({ code: 'row.ragged', fatal: true, detail: `no cells for ${columns.length} columns` }),
      columns,
    }
  }
  const whole = {
    container: 'plain',
    encoding,
    bomBytes: 0,
    syntax,
    delimiter,
    quote: '"',
    header: false,
    confidence: 1,
  } as const
  const parser = new CsvRowParser({ format: whole, columns, maxColumns: MAX_COLUMNS, onNotice: () => {} })
  return {
    row: parser.parse(slice, place.rowNo) ?? unreadable({ code: 'row.ragged', fatal: true, detail: 'no cells' }),
    columns,
  }
}

function cutRecord(
  bytes: Buffer,
  encoding: NonNullable<FormatSettings['encoding']>,
  delimiter: string,
  line: number,
): RowSlice | undefined {
  const splitter = new RecordSplitter({
    encoding,
    firstByte: 0,
    firstLine: line,
    maxRowBytes: MAX_ROW_BYTES,
    delimiter: encodeDelimiter(delimiter, encoding),
  })
  splitter.push(bytes)
  splitter.finish()
  return splitter.next()
}

function sliceWhole(bytes: Buffer, encoding: NonNullable<FormatSettings['encoding']>, line: number): RowSlice {
  const window = new TextWindow(encoding, 0)
  window.push(bytes, 0)
  window.finish(0)
  const { length } = window.view
  return {
    raw: bytes,
    text: window.text(0, length),
    line,
    quoted: false,
    validEncoding: window.isValid(0, length),
    mayHoldNul: window.mayHoldNul,
    flaw: undefined,
    nextByte: bytes.length,
    nextLine: line,
  }
}
