import { distance } from 'fastest-levenshtein'

/**
 * True when one letter added, dropped or replaced turns one name into the other, and both have five letters or
 * more: in shorter names one letter makes another name (`anna`, `enna`). Catches what Jaro–Winkler holds against a
 * slip in the first letters. Symmetric; false for equal names.
 */
export function isOneTypo(a: string, b: string): boolean {
  if (a.length < 5 || b.length < 5 || Math.abs(a.length - b.length) > 1) return false
  return distance(a, b) === 1
}
