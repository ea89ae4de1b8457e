import type { MaskedSpan } from './masked-span.ts'

const LOCAL_CHARACTER = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u
/** Labels and a last one that starts with two letters: what follows it, a full stop say, belongs to the sentence. */
const DOMAIN = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:xn--[a-z0-9]{1,59}|\p{L}{2,63})/uy
/** RFC 5321 (2008): 64 octets before the `@`. */
const LONGEST_LOCAL = 64

/** The e-mail addresses in a text, left to right. Grows outward from each `@`, so no input makes it slow. */
export function findEmails(text: string): MaskedSpan[] {
  const spans: MaskedSpan[] = []
  let free = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > free && at - start < LONGEST_LOCAL && LOCAL_CHARACTER.test(text[start - 1] ?? '')) start -= 1
    if (start === at) continue
    DOMAIN.lastIndex = at + 1
    const domain = DOMAIN.exec(text)
    if (!domain) continue
    free = at + 1 + domain[0].length
    spans.push({ kind: 'email', start, end: free })
  }
  return spans
}
