import { jaroWinkler } from './jaro-winkler.ts'

export type OrganisationAgreement = 'exact' | 'similar' | 'part' | 'different'

/**
 * How far two normalized organisation names agree, word by word and in any order (Monge & Elkan, 1996). `exact`: the
 * same words, also run together. `similar`: the whole is alike, or every word of the shorter name, at least two, has
 * an equal in the longer (branches, countries, owners), or one is the other's initials. `part`: half of the shorter
 * name's words have. Words are equal at 0.92 on Jaro-Winkler when they have no digits. Symmetric.
 */
export function compareOrganisationNames(a: string, b: string): OrganisationAgreement {
  if (a === b) return 'exact'
  const wordsA = a.split(' ')
  const wordsB = b.split(' ')
  const [few, many] = wordsA.length <= wordsB.length ? [wordsA, wordsB] : [wordsB, wordsA]
  if (a.replaceAll(' ', '') === b.replaceAll(' ', '')) return 'exact'
  if (few.length === many.length && [...few].sort().join(' ') === [...many].sort().join(' ')) return 'exact'
  // Numbers name things apart, `Studio 54` and `Studio 53`.
  if (digitsOf(a) === digitsOf(b) && jaroWinkler(a, b) >= ALIKE) return 'similar'
  if (few.length === 1 && few[0]!.length > 2 && few[0] === many.map((word) => word.charAt(0)).join('')) return 'similar'
  const found = Math.min(countFound(few, many), few.length === many.length ? countFound(many, few) : Infinity)
  if (found === few.length && found > 1) return 'similar'
  return found * 2 >= few.length ? 'part' : 'different'
}

const ALIKE = 0.92

/** How many of the words have an equal among the others, each of which may serve once. */
function countFound(words: readonly string[], others: readonly string[]): number {
  const free = [...others]
  let found = 0
  for (const word of words) {
    const at = free.findIndex((other) => isSameWord(word, other))
    if (at < 0) continue
    free.splice(at, 1)
    found++
  }
  return found
}

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true
  return a.length > 3 && b.length > 3 && digitsOf(a) === digitsOf(b) && jaroWinkler(a, b) >= ALIKE
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '')
}
