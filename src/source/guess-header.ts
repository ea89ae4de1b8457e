import { findHeaderField } from './find-header-field.ts'
import { guessValueKind } from './guess-value-kind.ts'

/**
 * Guesses whether the first row of a table names the columns. Each column votes: a name known from other files or a
 * text above numbers and dates speaks for a header; a value of the column's own kind, such as a number above
 * numbers or an e-mail address, against. Without any vote the first row is the header, as in most files.
 * Confidence is 0 to 1. An empty table has a header.
 */
export function guessHeader(rows: readonly (readonly string[])[]): {
  readonly header: boolean
  readonly confidence: number
} {
  const first = rows[0]
  if (first === undefined) return { header: true, confidence: 0.5 }
  let votes = 0
  first.forEach((cell, column) => {
    const name = cell.trim()
    if (name === '') return
    const own = guessValueKind(name)
    if (own === 'email' || own === 'url' || own === 'timestamp' || own === 'phone') {
      votes -= 3
      return
    }
    if (findHeaderField(name) !== undefined) {
      votes += 2
      return
    }
    const below = rows.slice(1, 50).map((row) => row[column]?.trim() ?? '')
    const filled = below.filter((value) => value !== '')
    if (own !== 'text') {
      if (filled.every((value) => guessValueKind(value) === own)) votes -= 1
      return
    }
    if (filled.length > 0 && filled.every((value) => guessValueKind(value) !== 'text')) votes += 1
    // Names of columns do not come back as values.
    if (filled.includes(name)) votes -= 1
  })
  return { header: votes >= 0, confidence: votes === 0 ? 0.7 : Math.min(1, 0.7 + Math.abs(votes) * 0.1) }
}
