/**
 * True when one character added, dropped or replaced turns one text into the other, and both have five or more: in
 * shorter names one letter makes another name (`anna`, `enna`). Catches what Jaro–Winkler holds against a slip in
 * the first letters. Linear: all but one character lie in the common beginning and end. Symmetric; false for equal
 * texts.
 */
export function isOneTypo(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length)
  const shorter = Math.min(a.length, b.length)
  if (shorter < 5 || length - shorter > 1 || a === b) return false
  let same = 0
  while (same < shorter && a.charCodeAt(same) === b.charCodeAt(same)) same++
  let tail = 0
  while (tail < shorter - same && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)) tail++
  return same + tail >= length - 1
}
