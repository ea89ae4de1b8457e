import type { ParsedRow } from '../record/parsed-row.ts'
import type { RowSlice } from './row-slice.ts'

/** Turns slices into rows of one table; holds its columns. */
export interface RowParser {
  readonly columns: readonly string[]
  /** Undefined when the slice is no row: the header, or a blank line. */
  parse(slice: RowSlice, rowNo: number): ParsedRow | undefined
}

export const NO_DEFECTS: ParsedRow['defects'] = Object.freeze([])
export const NO_CELLS: ParsedRow['cells'] = Object.freeze([])
