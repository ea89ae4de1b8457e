import type { IdentifierField } from './field.ts'
import type { Normalization } from './normalization.ts'

/** Longest identifier that customer data platforms link by: 1,024 characters (Adobe identity guardrails, 2024). */
const LENGTH_LIMIT = 1024

const UUID = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/
const SPREADSHEET_FLOAT = /^\d+\.\d*[Ee]\+\d{1,3}$/
const DECIMAL_ZERO = /^(\d+)\.0+$/
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g
const NOT_ASCII = /[\u0080-\uFFFF]/

/** Numbers that a state gives out, grouped by whoever writes them down: `078-05-1120`, `DE 123 456 789`. */
const STATE_NUMBERS: ReadonlySet<IdentifierField> = new Set(['national_id', 'passport_id', 'licence_id'])
const GROUPING = /[\s.\-/]/g
/** Four digits are the end of a number, as call centres ask for it: one person in 10,000 shares them. */
const LEAST_STATE_NUMBER = 5

/**
 * Spells an identifier; case and leading zeros mean something, so both stay.
 *
 * Numbers of passports and the like are an exception: capitals, without grouping. Blanks around it go, UUIDs are lower-case, and the `.0` that data frames put behind whole numbers is removed.
 * Issues: `<kind>.mangled` for a spreadsheet's `1.23457E+11` (digits are lost, many ids became one),
 * `<kind>.too_long` beyond 1,024 characters, `<kind>.too_short` for the last four digits of a state's number, `<kind>.invalid` with control characters inside. Idempotent.
 */
export function normalizeIdentifier(kind: IdentifierField, raw: string): Normalization<string> {
  let text = raw.trim()
  if (NOT_ASCII.test(text)) text = text.replace(INVISIBLE, '').normalize('NFC').trim()
  if (text === '') return undefined
  if (text.length > LENGTH_LIMIT) return { issue: `${kind}.too_long` }
  if (CONTROL.test(text)) return { issue: `${kind}.invalid` }
  if (STATE_NUMBERS.has(kind)) {
    if (SPREADSHEET_FLOAT.test(text)) return { issue: `${kind}.mangled` }
    text = (DECIMAL_ZERO.exec(text)?.[1] ?? text).replace(GROUPING, '').toUpperCase()
    return text.length < LEAST_STATE_NUMBER ? { issue: `${kind}.too_short` } : { value: text }
  }
  const first = text.charCodeAt(0)
  if (first >= 48 && first <= 57) {
    if (SPREADSHEET_FLOAT.test(text)) return { issue: `${kind}.mangled` }
    const whole = DECIMAL_ZERO.exec(text)
    if (whole !== null) return { value: whole[1] ?? text }
  }
  if (text.length === 36 && UUID.test(text)) return { value: text.toLowerCase() }
  return { value: text }
}
