import type { ParsedRow, RowDefect } from '../record/parsed-row.ts'
import { flattenJson, MAX_JSON_DEPTH, type FlatJsonProblem } from './flatten-json.ts'
import { mendText } from './mend-text.ts'
import { NO_CELLS, NO_DEFECTS, type RowParser } from './row-parser.ts'
import type { RowSlice } from './row-slice.ts'

const NUL: RowDefect = { code: 'row.nul', fatal: false, detail: 'a NUL character was removed' }
const BAD_ENCODING: RowDefect = {
  code: 'row.bad_encoding',
  fatal: false,
  detail: 'bytes that are no text became U+FFFD',
}
const LONE_SURROGATE: RowDefect = { code: 'row.lone_surrogate', fatal: false, detail: 'half a character became U+FFFD' }
const REPEATED_KEY: RowDefect = {
  code: 'row.bad_json',
  fatal: false,
  detail: 'a key occurs twice, the last value is kept',
}
const TOO_MANY_COLUMNS: RowDefect = { code: 'row.too_large', fatal: true, detail: 'more columns than are read' }

const PROBLEMS: Readonly<Record<FlatJsonProblem, RowDefect>> = {
  not_an_object: { code: 'row.not_an_object', fatal: true, detail: 'a row must be a JSON object' },
  too_deep: { code: 'row.bad_json', fatal: true, detail: `nested deeper than ${MAX_JSON_DEPTH}` },
  too_many_keys: TOO_MANY_COLUMNS,
  path_too_long: { code: 'row.too_large', fatal: true, detail: 'a key is too long for a column name' },
}

/**
 * Reads JSON objects as rows: nested keys become dotted columns, appended in the order they are first met. Absent
 * and null are both null. A row that cannot be read adds no columns. Rows are padded to the columns known so far;
 * the reader pads them to their batch.
 */
export class JsonRowParser implements RowParser {
  readonly columns: string[]
  readonly #places: Map<string, number>
  readonly #maxColumns: number

  constructor(columns: readonly string[], maxColumns: number) {
    this.columns = [...columns]
    this.#places = new Map(columns.map((column, index) => [column, index]))
    this.#maxColumns = maxColumns
  }

  parse(slice: RowSlice, rowNo: number): ParsedRow | undefined {
    const { raw, line } = slice
    const refuse = (defect: RowDefect): ParsedRow => ({ rowNo, line, raw, cells: NO_CELLS, defects: [defect] })
    if (slice.flaw?.fatal === true) return refuse(slice.flaw)
    const text = slice.text
    if (text.trim() === '' && slice.validEncoding) return undefined
    const invalid = assessJson(text)
    if (invalid !== undefined) return refuse(invalid)

    const known = this.columns.length
    const cells: (string | null)[] = Array.from({ length: known }, () => null)
    const seen = new Set<number>()
    let nul = false
    let surrogate = false
    let repeated = false
    const mend = (value: string): string => {
      const mended = mendText(value)
      if (mended !== value) {
        if (value.includes('\0')) nul = true
        if (mended.includes('\uFFFD')) surrogate ||= mendText(value.replaceAll('\0', '')) !== value.replaceAll('\0', '')
      }
      return mended
    }
    const problem = flattenJson(text, this.#maxColumns, (path, value) => {
      const column = mend(path)
      let place = this.#places.get(column)
      if (place === undefined) {
        place = this.columns.push(column) - 1
        this.#places.set(column, place)
      }
      if (seen.has(place)) repeated = true
      seen.add(place)
      cells[place] = value === null ? null : mend(value)
    })
    if (problem !== undefined || this.columns.length > this.#maxColumns) {
      for (const column of this.columns.splice(known)) this.#places.delete(column)
      return refuse(problem === undefined ? TOO_MANY_COLUMNS : PROBLEMS[problem])
    }
    const defects: RowDefect[] = slice.flaw === undefined ? [] : [slice.flaw]
    if (nul) defects.push(NUL)
    if (surrogate) defects.push(LONE_SURROGATE)
    if (repeated) defects.push(REPEATED_KEY)
    if (!slice.validEncoding) defects.push(BAD_ENCODING)
    return { rowNo, line, raw, cells, defects: defects.length === 0 ? NO_DEFECTS : defects }
  }
}

/** The engine's message may quote the text, so only its position is told. */
function assessJson(text: string): RowDefect | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const position = /at position (\d+)/.exec(message)?.[1]
    if (/^(?:Unexpected end of JSON|Unterminated string in JSON)/.test(message)) {
      return { code: 'row.bad_json', fatal: true, detail: 'the JSON text ends too early' }
    }
    const place = position === undefined ? '' : ` at column ${Number(position) + 1}`
    return { code: 'row.bad_json', fatal: true, detail: `no valid JSON${place}` }
  }
}
