import { OnefoldError } from '../errors.ts'
import type { ParsedRow, RowDefect } from '../record/parsed-row.ts'
import type { FileFormat } from './file-format.ts'
import { mendText } from './mend-text.ts'
import { nameColumns } from './name-columns.ts'
import type { FileNotice } from './read-options.ts'
import { NO_CELLS, NO_DEFECTS, type RowParser } from './row-parser.ts'
import type { RowSlice } from './row-slice.ts'
import { splitCells } from './split-cells.ts'

const NUL: RowDefect = { code: 'row.nul', fatal: false, detail: 'a NUL character was removed from a cell' }
const BAD_ENCODING: RowDefect = {
  code: 'row.bad_encoding',
  fatal: false,
  detail: 'bytes that are no text became U+FFFD',
}
const LONE_SURROGATE: RowDefect = { code: 'row.lone_surrogate', fatal: false, detail: 'half a character became U+FFFD' }
const LOOSE_QUOTE: RowDefect = { code: 'row.bad_quote', fatal: false, detail: 'a quote inside a cell without quotes' }

export interface CsvRowParserOptions {
  readonly format: FileFormat
  /** Known when reading resumes; else empty, and the first row says. */
  readonly columns: readonly string[]
  readonly maxColumns: number
  readonly onNotice: (notice: FileNotice) => void
}

/**
 * Reads CSV records as rows of one table. The first record names the columns, or numbers them when the file has no
 * header. An empty cell is the empty text; cells missing at the end are null and make the row ragged; too many
 * cells are fatal, since nobody knows which of them moved. Throws `source.bad_header` and `source.too_many_columns`.
 */
export class CsvRowParser implements RowParser {
  columns: readonly string[]
  readonly #options: CsvRowParserOptions
  readonly #delimiter: string
  readonly #utf16: boolean

  constructor(options: CsvRowParserOptions) {
    this.columns = options.columns
    this.#options = options
    this.#delimiter = options.format.delimiter ?? ','
    this.#utf16 = options.format.encoding.startsWith('utf-16')
  }

  parse(slice: RowSlice, rowNo: number): ParsedRow | undefined {
    if (this.columns.length === 0) {
      this.#nameColumns(slice)
      if (this.#options.format.header) return undefined
    }
    const { raw, line } = slice
    if (slice.flaw !== undefined) return { rowNo, line, raw, cells: NO_CELLS, defects: [slice.flaw] }

    const plain = slice.validEncoding && !slice.mayHoldNul && !slice.quoted && !this.#utf16
    if (plain) {
      const cells = slice.text.split(this.#delimiter)
      if (cells.length === this.columns.length) return { rowNo, line, raw, cells, defects: NO_DEFECTS }
    }
    return this.#parseOdd(slice, rowNo)
  }

  /** A row that has, or may have, more to it than cells between delimiters. */
  #parseOdd(slice: RowSlice, rowNo: number): ParsedRow {
    const { raw, line } = slice
    const defects: RowDefect[] = []
    let text = slice.text
    if (slice.mayHoldNul && text.includes('\0')) {
      defects.push(NUL)
      text = text.replaceAll('\0', '')
    }
    if (this.#utf16) {
      const mended = mendText(text)
      if (mended !== text) defects.push(LONE_SURROGATE)
      text = mended
    }
    if (!slice.validEncoding) defects.push(BAD_ENCODING)

    let cells: (string | null)[]
    if (slice.quoted) {
      const split = splitCells(text, this.#delimiter)
      if (split.loose) defects.push(LOOSE_QUOTE)
      cells = split.cells
    } else {
      cells = text.split(this.#delimiter)
    }
    const expected = this.columns.length
    if (cells.length !== expected) {
      const missing = cells.length < expected
      defects.push({ code: 'row.ragged', fatal: !missing, detail: `${cells.length} cells for ${expected} columns` })
      if (!missing) return { rowNo, line, raw, cells: NO_CELLS, defects }
      while (cells.length < expected) cells.push(null)
    }
    return { rowNo, line, raw, cells, defects: defects.length === 0 ? NO_DEFECTS : defects }
  }

  #nameColumns(slice: RowSlice): void {
    const { format, maxColumns, onNotice } = this.#options
    if (slice.flaw !== undefined && format.header) {
      throw new OnefoldError('payload', 'source.bad_header', 'The header line of the file cannot be read.', {
        details: { line: slice.line, defect: slice.flaw.code },
        hint: 'Repair the first line, or say `header: false` if the file has none.',
      })
    }
    const text = mendText(slice.text)
    const cells = slice.quoted ? splitCells(text, this.#delimiter).cells : text.split(this.#delimiter)
    if (cells.length > maxColumns) {
      throw new OnefoldError('payload', 'source.too_many_columns', 'The file has more columns than are read.', {
        details: { columns: cells.length, maxColumns },
        hint: 'Check the delimiter, or raise maxColumns.',
      })
    }
    if (format.header) this.columns = nameColumns(cells, onNotice)
    else {
      this.columns = cells.map((_, index) => `column_${index + 1}`)
      onNotice({ code: 'header.missing', detail: 'the first row was taken for values, columns are numbered' })
    }
  }
}
