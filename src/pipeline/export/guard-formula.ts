/**
 * What makes a spreadsheet take a cell for a formula or a command: = + - @, TAB, CR and LF at its start, and their
 * full-width forms, which some programs fold to the plain ones (OWASP, CSV Injection, 2025).
 */
const DANGEROUS = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * A text that no spreadsheet runs [J2]: what would be a formula gets an apostrophe in front, which spreadsheets take
 * for "this is text". Everything else stays as it is. Idempotent.
 */
export function guardFormula(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text
}
