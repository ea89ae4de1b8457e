import type { Compared } from './comparison.ts'
import type { ComparableName } from './derive-comparable.ts'
import { isOneTypo } from './is-one-typo.ts'
import { jaroWinkler } from './jaro-winkler.ts'

/**
 * How far two family names agree; `swapped` is decided by the caller. `part`: a whole name of at least three
 * letters is shared, as in double names. `alike`: 0.85 on Jaro–Winkler, or the same sound. Names in different
 * scripts are missing, not different. A lone initial agrees as `alike` at most. Symmetric.
 */
export function compareFamilyNames(
  a: ComparableName | undefined,
  b: ComparableName | undefined,
): Compared<'family_name'> {
  if (a === undefined || b === undefined || a.isLatin !== b.isLatin) return 'missing'
  if (a.isLatin && (a.joined.length === 1 || b.joined.length === 1)) {
    return a.joined[0] === b.joined[0] ? 'alike' : 'different'
  }
  if (a.joined === b.joined) return 'exact'
  if (a.tokens.length > 1 || b.tokens.length > 1) {
    if (a.tokens.some((token) => (token.length > 2 || !a.isLatin) && b.tokens.includes(token))) return 'part'
  }
  const similarity = jaroWinkler(a.joined, b.joined)
  if (similarity >= 0.92 || isOneTypo(a.joined, b.joined)) return 'similar'
  if (similarity >= 0.85) return 'alike'
  return a.sounds.some((sound) => sound.length > 1 && b.sounds.includes(sound)) ? 'alike' : 'different'
}
