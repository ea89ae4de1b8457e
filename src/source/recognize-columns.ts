import type { Field } from '../record/field.ts'
import { findHeaderField } from './find-header-field.ts'
import { guessFieldByValues, type ValueEvidence } from './guess-field-by-values.ts'

/** What a column seems to be, to be shown to a person who may know better. */
export interface ColumnGuess {
  readonly column: string
  readonly field: Field | undefined
  /** 0 to 1. From 0.8 it is safe to map without asking. */
  readonly confidence: number
  /** One short sentence. Never holds a value of the column. */
  readonly because: string
}

/**
 * Guesses the field of each column from its name (English, German, French, Spanish) and from its values in a sample.
 * A known name counts 0.8, and 0.95 when the values are of that kind; values of another kind lower it to 0.3;
 * telling values without a known name count up to 0.75. The numbers order the guesses for a person; they are no
 * measured probabilities. One guess for each column, in order; no sample rows are needed.
 */
export function recognizeColumns(
  columns: readonly string[],
  sampleRows: readonly (readonly (string | null)[])[],
): ColumnGuess[] {
  return columns.map((column, index) => {
    const values = sampleRows.flatMap((row) => row[index]?.trim() || [])
    return judge(column, findHeaderField(column), guessFieldByValues(values))
  })
}

function judge(column: string, named: Field | undefined, seen: ValueEvidence): ColumnGuess {
  const share = Math.round(seen.share * 100)
  if (named === undefined) {
    if (seen.field === undefined)
      return { column, field: undefined, confidence: 0, because: 'Neither name nor values are known.' }
    const because = `The name is not known, but ${share} % of the values look like ${seen.looksLike}.`
    return { column, field: seen.field, confidence: 0.75 * seen.share * seen.weight, because }
  }
  const shown = named.replaceAll('_', ' ')
  if (seen.fits.has(named)) {
    return { column, field: named, confidence: 0.95, because: `The name means ${shown}, and the values look like it.` }
  }
  if (
    seen.field !== undefined &&
    seen.weight === 1 &&
    seen.share > 0.8 &&
    CHECKABLE.has(named) !== CHECKABLE.has(seen.field)
  ) {
    const because = `The name means ${shown}, but ${share} % of the values look like ${seen.looksLike}.`
    return { column, field: seen.field, confidence: 0.7, because }
  }
  if (CHECKABLE.has(named) && seen.filled >= 3) {
    return {
      column,
      field: named,
      confidence: 0.3,
      because: `The name means ${shown}, but the values do not look like it.`,
    }
  }
  return { column, field: named, confidence: 0.8, because: `The name means ${shown}.` }
}

/** Fields whose values show what they are. */
const CHECKABLE: ReadonlySet<Field> = new Set<Field>([
  'email',
  'phone',
  'birth_date',
  'occurred_at',
  'updated_at',
  'url',
  'sex',
  'currency',
  'quantity',
  'unit_price',
  'amount',
])
