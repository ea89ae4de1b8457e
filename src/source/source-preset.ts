import type { Field } from '../record/field.ts'
import type { FormatSettings } from './file-format.ts'

export type SourceKind = 'people' | 'orders' | 'events'

/** Which field each column is. Columns that are not named are kept raw but not understood. */
export type ColumnMapping = Readonly<Record<string, Field>>

/** A kind of export whose columns are known. */
export interface SourcePreset {
  /** Kebab-case, as written in settings. */
  readonly name: string
  readonly title: string
  readonly kind: SourceKind
  /** 0 to 1: how surely these are the columns of such an export, in any order. */
  readonly match: (columns: readonly string[]) => number
  readonly columns: ColumnMapping
  readonly format?: FormatSettings
  /**
   * Columns computed from others because the export packs several values into one cell. Takes the row's values by
   * column, gives values by derived column, null where there is none; pure, never throws. `columns` may name them.
   */
  readonly derive?: (value: (column: string) => string | null) => ReadonlyMap<string, string | null>
}
