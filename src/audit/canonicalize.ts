import { OnefoldError } from '../errors.ts'

/** In a Unicode-aware pattern a surrogate pair is one character, so only halves match. */
const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The one JSON text of a value (RFC 8785, 2020): keys sorted by UTF-16 units, numbers as ECMAScript prints them, no blanks.
 * Equal values give equal text whatever their key order; parsing and canonicalizing again changes nothing.
 * Members that are undefined are left out, as JSON does. Throws `audit.not_canonical` (invariant) for what JSON
 * cannot say the same way twice: NaN, infinity, bigint, functions, lone surrogates, undefined in arrays, and objects
 * with a class (a Date, say).
 */
export function canonicalize(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return String(value)
    case 'number':
      if (!Number.isFinite(value)) throw notCanonical('number')
      // ECMAScript's number to string is the form RFC 8785 asks for; JSON.stringify turns -0 into 0.
      return JSON.stringify(value)
    case 'string':
      return canonicalizeString(value)
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalizeArray(value) : canonicalizeObject(value)
    default:
      throw notCanonical(typeof value)
  }
}

function canonicalizeString(text: string): string {
  if (LONE_SURROGATE.test(text)) throw notCanonical('lone surrogate')
  // For well-formed text JSON.stringify escapes exactly what RFC 8785 section 3.2.2.2 lists.
  return JSON.stringify(text)
}

function canonicalizeArray(values: readonly unknown[]): string {
  // Array.from also visits holes, which map would leave out without a word.
  return `[${Array.from(values, (value) => canonicalize(value)).join(',')}]`
}

function canonicalizeObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) throw notCanonical('object with a class')
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // Comparing strings with < compares UTF-16 units.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${canonicalizeString(key)}:${canonicalize(member)}`)
  return `{${members.join(',')}}`
}

function notCanonical(found: string): OnefoldError {
  return new OnefoldError('invariant', 'audit.not_canonical', 'A value has no canonical JSON.', { details: { found } })
}
