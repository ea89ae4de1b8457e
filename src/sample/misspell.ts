import type { Random } from './create-random.ts'

/** Vowels and neighbours people hit instead; a handful is enough to make a typo look like one. */
// prettier-ignore
const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'se', b: 'vn', c: 'xv', d: 'sf', e: 'ra', f: 'dg', g: 'fh', h: 'gj', i: 'uo', j: 'hk', k: 'jl', l: 'kp', m: 'n',
  n: 'mb', o: 'ip', p: 'o', r: 'te', s: 'ad', t: 'ry', u: 'iy', v: 'bc', w: 'eq', y: 'tu', z: 'sx',
}

/**
 * A word with exactly one typing error after its first letter: two letters exchanged, one dropped, one doubled or
 * one replaced by its neighbour on the keyboard. These four are over 80 % of all spelling errors (Damerau, 1964).
 * Words under four letters come back unchanged, since one error would make another name of them.
 */
export function misspell(random: Random, word: string): string {
  if (word.length < 4) return word
  const at = random.integer(1, word.length - 2)
  const letter = word.charAt(at)
  const next = word.charAt(at + 1)
  const before = word.slice(0, at)
  const dropped = before + word.slice(at + 1)
  switch (random.integer(0, 3)) {
    case 0:
      return letter === next ? dropped : before + next + letter + word.slice(at + 2)
    case 1:
      return dropped
    case 2:
      return before + letter + word.slice(at)
    default: {
      const neighbours = NEIGHBOURS[letter]
      return neighbours === undefined ? dropped : before + random.pick([...neighbours]) + word.slice(at + 1)
    }
  }
}
