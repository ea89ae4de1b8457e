import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jaroWinkler } from '../../src/matching/jaro-winkler.ts'

/** The definition (Jaro 1989, Winkler 1990), by flags, the shorter string (or the smaller of equal length) leading. */
function byDefinition(x: string, y: string): number {
  const [a, b] = x.length < y.length || (x.length === y.length && x < y) ? [x, y] : [y, x]
  if (a === b) return 1
  if (a.length === 0) return 0
  const reach = Math.max(0, Math.floor(b.length / 2) - 1)
  const taken = new Set<number>()
  const commonA: string[] = []
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j++) {
      if (taken.has(j) || a[i] !== b[j]) continue
      taken.add(j)
      commonA.push(a[i]!)
      break
    }
  }
  if (commonA.length === 0) return 0
  const commonB = [...taken].sort((p, q) => p - q).map((j) => b[j])
  const c = commonA.length
  const half = commonA.filter((letter, k) => letter !== commonB[k]).length / 2
  const jaro = (c / a.length + c / b.length + (c - half) / c) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro
}

// Values printed by Winkler 1990, table of string comparators.
test.each([
  ['martha', 'marhta', 0.961],
  ['dwayne', 'duane', 0.84],
  ['dixon', 'dicksonx', 0.813],
])('%s and %s', (a, b, expected) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3)
})

test('equals the definition, is symmetric, and stays between 0 and 1, for any strings of up to 40 letters', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '张'), maxLength: 40 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      const similarity = jaroWinkler(a, b)
      expect(similarity).toBeCloseTo(byDefinition(a, b), 12)
      expect(jaroWinkler(b, a)).toBe(similarity)
      expect(similarity).toBeGreaterThanOrEqual(0)
      expect(similarity).toBeLessThanOrEqual(1)
    }),
    { numRuns: 2000 },
  )
})
