import type { ColumnGuess } from './recognize-columns.ts'
import { recognizeColumns } from './recognize-columns.ts'
import { findFieldInHeader } from './find-field-in-header.ts'

/** A name of which only a part is known is good enough to compare by, not to map a source by. */
const BY_PART = 0.6

/**
 * Guesses the field of each column as `recognizeColumns` does, and where that knows nothing by a part of the name
 * (`postcode_fake`): what is only compared may be guessed more boldly than what is stored.
 */
export function recognizeEvidence(
  columns: readonly string[],
  sampleRows: readonly (readonly (string | null)[])[],
): readonly ColumnGuess[] {
  return recognizeColumns(columns, sampleRows).map((guess) => {
    if (guess.field !== undefined) return guess
    const field = findFieldInHeader(guess.column)
    if (field === undefined) return guess
    return { ...guess, field, confidence: BY_PART, because: `Part of the name means ${field.replaceAll('_', ' ')}.` }
  })
}
