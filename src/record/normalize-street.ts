import { isPlain, normalizeText } from './normalize-text.ts'
import { COMPASS_WORDS, STREET_WORDS, UNIT_WORDS } from './street-words.ts'

export interface NormalizedStreet {
  readonly street?: string
  readonly houseNumber?: string
}

/**
 * Splits a street line into the street's name, abbreviations written out, and the house number.
 *
 * The number stands in front (`12a Main St`), behind (`Hauptstr. 12 a`) or behind a building's name (`Rose Court 12
 * High Street`), which goes with it; ordinals such as `5th` are names.
 * Ranges and fractions keep their mark (`12-14`, `12/2`). Flats are dropped: neighbours in one building share an
 * address. Empty when nothing is left. Idempotent over street and number joined by a blank, number last.
 */
export function normalizeStreet(raw: string): NormalizedStreet {
  let words = splitWords(raw)
  // Until nothing goes: what one unit leaves behind may be another, `flat apt 3 4`.
  for (let before = -1; before !== words.length; words = dropUnits(words)) before = words.length
  if (words.length === 0) return {}
  if (words.length === 1) {
    const only = words[0] ?? ''
    return isHouseNumber(only) ? { houseNumber: only } : { street: spellStreet([only]) }
  }
  const last = words.length - 1
  if (isHouseNumber(words[last] ?? '')) return split(words.slice(0, last), words[last] ?? '')
  if (isLetter(words[last]) && isDigits(words[last - 1]) && last > 1) {
    return split(words.slice(0, last - 1), `${words[last - 1]}${words[last]}`)
  }
  if (isHouseNumber(words[0] ?? '')) {
    const letter = isLetter(words[1]) && words.length > 2 && isDigits(words[0]) && !COMPASS_WORDS.has(words[1] ?? '')
    const suffixed = letter || (isDigits(words[0]) && NUMBER_SUFFIXES.has(words[1] ?? ''))
    return words.length > 2 && suffixed
      ? split(words.slice(2), `${words[0]}${words[1]}`)
      : split(words.slice(1), words[0] ?? '')
  }
  const inside = findNumberInside(words)
  if (inside > 0) return split(words.slice(inside + 1), words[inside] ?? '')
  return { street: spellStreet(words) }
}

/**
 * Where the number stands behind a building's name, `Rose Court 12 High Street`: the only number, with a kind of street
 * at the end. 0 when there is none.
 */
function findNumberInside(words: readonly string[]): number {
  const at = words.findIndex(isHouseNumber)
  if (at < 1 || at >= words.length - 2 || words.findLastIndex((word) => startsWithDigit(word)) !== at) return 0
  // As it is written out, or a second reading would see what the first did not.
  return STREET_KINDS.has(spellStreet(words).split(' ').at(-1) ?? '') ? at : 0
}

/** Kinds of street that stand behind the name, written out, in English. */
const STREET_KINDS: ReadonlySet<string> = new Set(
  'street road avenue boulevard drive lane court place square terrace parkway highway crescent close gardens grove'.split(
    ' ',
  ),
)

/** `12 bis rue de la Paix` */
const NUMBER_SUFFIXES = new Set(['bis', 'quater'])

function split(street: readonly string[], houseNumber: string): NormalizedStreet {
  return { street: spellStreet(street), houseNumber }
}

const RANGE_MARK = /[-–/]/
/** Anything that breaks words other than a blank, on which splitting is much cheaper. */
const WORD_BREAK = /[^\S ]|[,;#]/
const WORD_BREAKS = /[\s,;#]+/

/** Folds words apart from numbers, which keep `-` and `/` between their digits. */
function splitWords(raw: string): readonly string[] {
  if (isPlain(raw)) return raw.toLowerCase().split(' ')
  const words: string[] = []
  const closed = RANGE_MARK.test(raw) ? raw.replaceAll(/\s{0,3}([-–/])\s{0,3}(?=\d)/g, '$1') : raw
  for (const piece of closed.split(WORD_BREAK.test(closed) ? WORD_BREAKS : ' ')) {
    if (piece === '') continue
    const first = piece.charCodeAt(0)
    if (first >= 48 && first <= 57) {
      if (isDigits(piece)) {
        words.push(piece)
        continue
      }
      const number = piece
        .toLowerCase()
        .replaceAll('–', '-')
        .replace(/[.)]{1,3}$/, '')
      if (/^\d{1,6}[a-z]{0,2}(?:[-/]\d{1,6}[a-z]{0,2}){0,2}$/.test(number)) {
        words.push(number)
        continue
      }
    }
    const text = normalizeText(piece)
    if (text === '') continue
    if (text.includes(' ')) words.push(...text.split(' '))
    else words.push(text)
  }
  return words
}

function dropUnits(words: readonly string[]): readonly string[] {
  if (!words.some((word) => UNIT_WORDS.has(word))) return words
  const kept: string[] = []
  for (let i = 0; i < words.length; i++) {
    const next = words[i + 1]
    const unit = UNIT_WORDS.has(words[i] ?? '') && next !== undefined && (isLetter(next) || startsWithDigit(next))
    if (unit) {
      i++
      // Australia writes flat and house as one number, `Unit 4/12 George St`.
      const slash = next.lastIndexOf('/')
      if (slash > 0) kept.push(next.slice(slash + 1))
    } else kept.push(words[i] ?? '')
  }
  // A unit without a number says nothing, `12 Main St Apt`.
  while (kept.length > 1 && UNIT_WORDS.has(kept.at(-1) ?? '')) kept.pop()
  return kept
}

const ORDINAL = /^\d+(?:st|nd|rd|th)$/

function isHouseNumber(word: string): boolean {
  return startsWithDigit(word) && !ORDINAL.test(word)
}

function startsWithDigit(word: string, at = 0): boolean {
  const first = word.charCodeAt(at)
  return first >= 48 && first <= 57
}

function isDigits(word = ''): boolean {
  if (word.length > 6) return false
  for (let i = 0; i < word.length; i++) if (!startsWithDigit(word, i)) return false
  return word !== ''
}

function isLetter(word = ''): boolean {
  return word.length === 1 && word >= 'a' && word <= 'z'
}

function spellStreet(words: readonly string[]): string {
  const last = words.length - 1
  let street = ''
  for (let index = 0; index <= last; index++) {
    const word = spellWord(words[index] ?? '', index === 0, index === last)
    // `Hauptstr` is one word in German; written out it must equal `Hauptstrasse`.
    const whole = word.length > 5 && word.endsWith('str') ? `${word}asse` : word
    street = index === 0 ? whole : `${street} ${whole}`
  }
  return street
}

function spellWord(word: string, first: boolean, last: boolean): string {
  if (word === 'st') return first && !last ? 'saint' : 'street'
  const compass = first === last ? undefined : COMPASS_WORDS.get(word)
  return compass ?? STREET_WORDS.get(word) ?? word
}
