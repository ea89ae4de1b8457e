import type { DateOrder } from '../record/derive-region-habits.ts'
import type { Field } from '../record/field.ts'
import type { ComparisonKind } from './level-priors.ts'

/** What a column is taken for. `row_id` names rows and is never evidence; the rest of the words are fields or kinds. */
export type ColumnUse =
  | ComparisonKind
  | 'full_name'
  | 'street'
  | 'house_number'
  | 'city'
  | 'region'
  | 'country'
  | 'whole_address'
  | 'row_id'
  | 'ignored'

export interface UnderstoodColumn {
  readonly name: string
  readonly use: ColumnUse
  /** 0 to 1, for a person who reads it; no measured probability. */
  readonly confidence: number
  /** One short sentence without a value of the column. */
  readonly because: string
  /** Order of the parts, for birth dates. */
  readonly dateOrder?: DateOrder
}

/** What a name or the values of a column say, as far as somebody else has looked at them. */
export interface FieldGuess {
  readonly field: Field | undefined
  readonly confidence: number
}
