import { LEVELS } from './comparison.ts'
import type { Compared } from './comparison.ts'
import { isOneTypo } from './is-one-typo.ts'

/**
 * The best agreement between two lists of E.164 numbers. `tail`: the last seven digits agree, so that an area or
 * country code guessed wrong does not part people. `typo`: one digit wrong, missing or too many. Symmetric.
 */
export function comparePhones(a: readonly string[], b: readonly string[]): Compared<'phone'> {
  let best: Compared<'phone'> = 'missing'
  for (const left of a) {
    for (const right of b) {
      const level = compareNumbers(left, right)
      if (level === 'exact') return level
      if (best === 'missing' || LEVELS.phone.indexOf(level) < LEVELS.phone.indexOf(best)) best = level
    }
  }
  return best
}

function compareNumbers(a: string, b: string): Exclude<Compared<'phone'>, 'missing'> {
  if (a === b) return 'exact'
  // Both have a plus sign, so eight characters are seven digits; shorter service numbers have no tail.
  if (a.length < 8 || b.length < 8) return 'different'
  if (a.endsWith(b.slice(-7))) return 'tail'
  return isOneTypo(a, b) ? 'typo' : 'different'
}
