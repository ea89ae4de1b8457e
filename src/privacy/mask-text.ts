import { findEmails } from './find-emails.ts'
import { findIbans } from './find-ibans.ts'
import { findNumbers } from './find-numbers.ts'
import type { MaskedSpan } from './masked-span.ts'

/**
 * Free text with e-mail addresses, phone numbers, payment cards and bank accounts replaced by `[email]`, `[phone]`,
 * `[card]` and `[iban]`. Idempotent; text without any comes back unchanged; time grows linearly with the text.
 * Finds what has a form or a check digit. Names, streets and numbers below seven digits are not found: a masked
 * text is less revealing, never anonymous.
 */
export function maskText(text: string): string {
  // One kind after the other: an account's digits must not be taken for a phone, nor a number inside an address.
  return [findIbans, findEmails, findNumbers].reduce((masked, find) => replaceSpans(masked, find(masked)), text)
}

function replaceSpans(text: string, spans: readonly MaskedSpan[]): string {
  let masked = ''
  let end = 0
  for (const span of spans) {
    masked += `${text.slice(end, span.start)}[${span.kind}]`
    end = span.end
  }
  return masked + text.slice(end)
}
