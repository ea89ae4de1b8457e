import { DEGREES, GENERATIONS, LOWER_CASE_PARTICLES, PARTICLES, TITLES } from './name-affixes.ts'
import { normalizeText } from './normalize-text.ts'

/** The parts as the source spelled them, without titles and degrees; a generation (`Jr.`) ends the family name. */
export interface FullName {
  readonly given?: string
  readonly family?: string
}

/** Where a person carries two family names, the father's and the mother's. */
const TWO_FAMILY_NAMES = new Set([
  ...['ES', 'MX', 'CO', 'PE', 'CL', 'VE', 'EC', 'GT', 'CU', 'BO', 'DO', 'HN', 'PY', 'SV', 'NI', 'CR', 'PA', 'UY'],
])

/**
 * Splits a name written in one cell into its given and family parts.
 *
 * Reads `Given Family`, `Family, Given`, `FAMILY Given` (capitals against mixed case), particles that belong
 * to the family name (`Ludwig van der Rohe`) and, for regions of two family names, the last two of three or
 * more words. A single word is the given name, as most one-word entries in forms are. Parts are absent, never
 * empty; nicknames in brackets or quotes are left out.
 */
export function parseFullName(raw: string, region?: string): FullName {
  const text = dropBracketed(raw)
  const comma = text.indexOf(',')
  if (comma >= 0) {
    const before = dropAffixes(splitWords(text.slice(0, comma)))
    const after = dropAffixes(splitWords(text.slice(comma + 1).replaceAll(',', ' ')), true)
    const generation = before.generation ?? after.generation
    if (before.words.length > 0 && after.words.length > 0) return nameOf(after.words, before.words, generation)
    return splitInOrder(before.words.length > 0 ? before.words : after.words, region, generation)
  }
  const words = splitWords(text)
  const kept = dropAffixes(words)
  // A form of address goes with the family name: `Mrs O'Brien`.
  if (kept.words.length === 1 && words.length > 1 && kept.words[0] !== words[0])
    return nameOf([], kept.words, kept.generation)
  return splitInOrder(kept.words, region, kept.generation)
}

function splitInOrder(words: readonly string[], region: string | undefined, generation: string | undefined): FullName {
  if (words.length < 2) return nameOf(words, [], generation)
  let shouted = 0
  while (shouted < words.length && isShouted(words[shouted] ?? '')) shouted++
  if (shouted > 0 && shouted < words.length && words.slice(shouted).every((word) => !isShouted(word))) {
    return nameOf(words.slice(shouted), words.slice(0, shouted), generation)
  }
  let start = words.length - 1
  const initial = normalizeText(words[start - 1] ?? '').length === 1
  if (region !== undefined && TWO_FAMILY_NAMES.has(region) && words.length > 2 && !initial) {
    start--
    while (start > 1 && isParticle(words[start])) start--
  }
  while (start > 1 && isParticle(words[start - 1])) start--
  return nameOf(words.slice(0, start), words.slice(start), generation)
}

function nameOf(given: readonly string[], family: readonly string[], generation = ''): FullName {
  const spell = (words: readonly string[], ends: boolean): string =>
    `${words.join(' ')}${ends ? ` ${generation}` : ''}`.trim()
  return {
    ...(given.length > 0 && { given: spell(given, family.length === 0) }),
    ...(family.length > 0 && { family: spell(family, true) }),
  }
}

function splitWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => normalizeText(word) !== '')
}

/** Takes off titles in front, degrees and a generation behind; one word is left unless there `mayEmpty` be none. */
function dropAffixes(
  words: readonly string[],
  mayEmpty = false,
): { readonly words: readonly string[]; readonly generation: string | undefined } {
  const least = mayEmpty ? 0 : 1
  let from = 0
  let to = words.length
  let generation: string | undefined
  for (; to - from > least; to--) {
    const last = words[to - 1] ?? ''
    const text = normalizeText(last).replaceAll(' ', '')
    if (GENERATIONS.has(text)) generation ??= last
    else if (!DEGREES.has(text)) break
  }
  while (to - from > least && TITLES.has(normalizeText(words[from] ?? ''))) from++
  return { words: words.slice(from, to), generation }
}

function isParticle(word = ''): boolean {
  const folded = normalizeText(word)
  return PARTICLES.has(folded) || (word === folded && LOWER_CASE_PARTICLES.has(folded))
}

function isShouted(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase() && !word.includes('.')
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '"': '"', '“': '”', '«': '»' }

function dropBracketed(raw: string): string {
  let kept = ''
  // Where a closing mark is known to be absent: keeps a text of a million opening brackets linear.
  const unclosed = new Set<string>()
  for (let i = 0; i < raw.length; i++) {
    const mark = raw[i] ?? ''
    const closing = CLOSING[mark]
    if (closing === undefined) {
      if (!')]”»'.includes(mark)) kept += mark
      continue
    }
    // A pair at the very start holds the whole name more often than a nickname.
    if (kept.trim() === '' || unclosed.has(closing)) continue
    const end = raw.indexOf(closing, i + 1)
    if (end > i) i = end
    else unclosed.add(closing)
  }
  return kept
}
