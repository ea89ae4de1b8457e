import type { Severity } from './issue.ts'

/** Findings that leave a usable value behind or are the reader's own guess. */
const INFO = new Set(['ambiguous', 'two_digit_year', 'placeholder', 'default'])

/**
 * Derives how much a finding weighs unless a rule of the source says otherwise.
 *
 * Normalizing never refuses a row: a value that could not be used is `warn`, a remark beside a value or an empty
 * word in its place `info`. Holding back or refusing rows is what rules are for; the one exception is an event
 * without a time, which has nowhere to go (`normalizeRow` quarantines it).
 */
export function deriveSeverity(code: string): Severity {
  return INFO.has(code.slice(code.lastIndexOf('.') + 1)) ? 'info' : 'warn'
}
