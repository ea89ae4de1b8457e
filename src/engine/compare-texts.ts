import { jaroWinkler } from '../matching/jaro-winkler.ts'
import { isOneSlip } from './is-one-slip.ts'

export interface WrittenText {
  readonly text: string
  readonly words: readonly string[]
}

const SIMILAR = 1
const PART = 2
const DIFFERENT = 3

/**
 * How far two different texts agree, as a place among the levels of `text` and `place`. Similar: 0.92 on
 * Jaro-Winkler, one slip in five letters or more, or two thirds of their words shared (Dice). Part: a word of four
 * or more letters is shared. Symmetric.
 */
export function compareTexts(a: WrittenText, b: WrittenText): number {
  if (a.text.length >= 5 && b.text.length >= 5 && isOneSlip(a.text, b.text)) return SIMILAR
  if (jaroWinkler(a.text, b.text) >= 0.92) return SIMILAR
  if (a.words.length === 1 && b.words.length === 1) return DIFFERENT
  let shared = 0
  let isTelling = false
  for (const word of a.words) {
    if (!b.words.includes(word)) continue
    shared++
    if (word.length >= 4) isTelling = true
  }
  if (shared * 3 >= a.words.length + b.words.length) return SIMILAR
  return isTelling ? PART : DIFFERENT
}
