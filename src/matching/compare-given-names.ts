import type { Compared } from './comparison.ts'
import type { ComparableName } from './derive-comparable.ts'
import { isOneTypo } from './is-one-typo.ts'
import { jaroWinkler } from './jaro-winkler.ts'
import { isFullName, mayBeInitialOf, shareNickname } from './share-nickname.ts'

/**
 * How far two given names agree; `swapped` is decided by the caller, who sees the family names too. Names in
 * different scripts cannot be compared by letters and are missing, not different. A lone initial never counts as
 * exact, and two established names (`patrick`, `patricia`) are never each other's typo. Symmetric. Thresholds 0.92 and 0.85 on Jaro–Winkler are those of Splink's name comparison (2024).
 */
export function compareGivenNames(
  a: ComparableName | undefined,
  b: ComparableName | undefined,
): Compared<'given_name'> {
  if (a === undefined || b === undefined || a.isLatin !== b.isLatin) return 'missing'
  const isInitialA = a.first.length === 1 && a.isLatin
  const isInitialB = b.first.length === 1 && b.isLatin
  if (a.joined === b.joined) return a.joined.length === 1 && a.isLatin ? 'initial' : 'exact'
  if (a.first === b.first && !isInitialA) return agreeInRest(a.tokens, b.tokens) ? 'part' : 'similar'
  if (isContained(a.tokens, b.tokens) || isContained(b.tokens, a.tokens)) return 'part'
  if (shareNickname(a.first, b.first)) return 'nickname'
  if (isInitialA || isInitialB) {
    if (a.first[0] === b.first[0]) return 'initial'
    const [letter, name] = isInitialA ? [a.first, b.first] : [b.first, a.first]
    return mayBeInitialOf(letter, name) ? 'alike' : 'different'
  }
  const similarity = Math.max(jaroWinkler(a.joined, b.joined), jaroWinkler(a.first, b.first))
  const isClose = similarity >= 0.92 || isOneTypo(a.joined, b.joined)
  if (isClose && !(isFullName(a.first) && isFullName(b.first))) return 'similar'
  if (isClose || similarity >= 0.85 || soundAlike(a, b)) return 'alike'
  return 'different'
}

/** Further given names agree when one side has none, or the next ones are equal, or one is the other's initial. */
function agreeInRest(a: readonly string[], b: readonly string[]): boolean {
  const nextA = a[1]
  const nextB = b[1]
  if (nextA === undefined || nextB === undefined) return true
  if (nextA.length === 1 || nextB.length === 1) return nextA[0] === nextB[0]
  return a.slice(1).some((token) => b.lastIndexOf(token) > 0)
}

/** Some people are known by a later given name: all tokens of one side are whole names of the other. */
function isContained(tokens: readonly string[], others: readonly string[]): boolean {
  return tokens.every((token) => token.length > 1 && others.includes(token))
}

function soundAlike(a: ComparableName, b: ComparableName): boolean {
  // A code of one letter is shared by too many short names.
  return a.sounds.some((sound) => sound.length > 1 && b.sounds.includes(sound))
}
