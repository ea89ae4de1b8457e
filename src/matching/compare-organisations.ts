import type { Compared } from './comparison.ts'
import { jaroWinkler } from './jaro-winkler.ts'

/**
 * How far two organisation names agree. `similar`: 0.92 or more on Jaro–Winkler, or all words of the shorter name,
 * at least two, stand in the longer (branches, countries). Symmetric.
 */
export function compareOrganisations(a: string | undefined, b: string | undefined): Compared<'organisation'> {
  if (a === undefined || b === undefined || a === '' || b === '') return 'missing'
  if (a === b) return 'exact'
  if (jaroWinkler(a, b) >= 0.92) return 'similar'
  const wordsA = a.split(' ')
  const wordsB = b.split(' ')
  return isContained(wordsA, wordsB) || isContained(wordsB, wordsA) ? 'similar' : 'different'
}

function isContained(words: readonly string[], others: readonly string[]): boolean {
  return words.length > 1 && words.every((word) => others.includes(word))
}
