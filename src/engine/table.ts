import type { Texts } from './texts.ts'

/** One column of all files together, its texts interned: equal cells share a code. */
export interface Column {
  readonly name: string
  /** One code a row; 0 where the cell is empty. */
  readonly codes: Int32Array
  /** Texts by code; the first is empty. */
  readonly values: Texts
}

/** Rows of one or several files side by side, by column, in the order they were read. */
export interface Table {
  readonly rowCount: number
  readonly files: readonly string[]
  /** Index into `files`, one a row. */
  readonly fileOf: Uint16Array
  readonly columns: readonly Column[]
}
