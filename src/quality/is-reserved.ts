import { findBareDigits } from './find-bare-digits.ts'

/** Top-level and second-level names that nobody can own (RFC 2606, RFC 6761). */
const RESERVED_TOP = new Set(['test', 'example', 'invalid', 'localhost'])
const RESERVED_HOSTS = new Set(['example.com', 'example.net', 'example.org', 'localhost'])

/**
 * Says whether an address or number is reserved for examples and films, so that no person can have it.
 *
 * E-mail hosts of RFC 2606 and their subdomains; North American numbers with line 555-0100 to 555-0199
 * (ATIS-0300115, 2007) in E.164, national or seven-digit form. Everything else is `false`.
 */
export function isReserved(kind: 'email' | 'phone', value: string): boolean {
  return kind === 'email' ? isReservedHost(value.slice(value.lastIndexOf('@') + 1).toLowerCase()) : isFilmNumber(value)
}

function isReservedHost(host: string): boolean {
  const dot = host.lastIndexOf('.')
  if (RESERVED_TOP.has(host.slice(dot + 1))) return true
  const second = host.lastIndexOf('.', dot - 1)
  return RESERVED_HOSTS.has(second < 0 ? host : host.slice(second + 1))
}

const FILM_LINE = /^(?:1?[2-9]\d{2})?55501\d{2}$/

function isFilmNumber(value: string): boolean {
  if (value.length > 24) return false
  const bare = findBareDigits(value)
  let digits = bare ?? ''
  for (let i = bare === undefined ? 0 : value.length; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code >= 48 && code <= 57) digits += value[i]
    else if (code > 57) return false
  }
  // Another country's number keeps its `+`, so only a leading 1 may follow one.
  return FILM_LINE.test(digits) && (value.charCodeAt(0) !== 43 || digits.charCodeAt(0) === 49)
}
