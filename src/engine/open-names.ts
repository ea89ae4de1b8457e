import { compareFamilyNames } from '../matching/compare-family-names.ts'
import { compareGivenNames } from '../matching/compare-given-names.ts'
import type { ComparableName } from '../matching/derive-comparable.ts'
import { shareNickname } from '../matching/share-nickname.ts'
import { jaroWinkler } from '../matching/jaro-winkler.ts'
import type { Attribute } from './attribute.ts'
import { classFrequencies } from './class-frequencies.ts'
import { MISSING } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText, joinHashes } from './hash-text.ts'
import { openLetterFilter } from './letter-filter.ts'
import { LEVEL_PRIORS } from './level-priors.ts'
import { openLevelMemo } from './open-level-memo.ts'
import { keyByValue } from './open-value-comparison.ts'
import { EXACT_LEVELS, spreadAgreement, spreadLevels } from './spread-levels.ts'

/** A name with the generation behind it, 0 when none is given. */
export interface NameItem extends ComparableName {
  readonly generation: number
}
export type NameAttribute = Attribute<NameItem>

const GIVEN = new Map(LEVEL_PRIORS.given_name.levels.map(({ label }, at) => [label, at + EXACT_LEVELS - 1]))
const FAMILY = new Map(LEVEL_PRIORS.family_name.levels.map(({ label }, at) => [label, at + EXACT_LEVELS - 1]))

/** From here two names are one name with a slip: the threshold of Splink's name comparison (2024). */
const SAME_NAME = 0.92
/** Below it they are different, unless they sound alike. */
const ALIKE_NAME = 0.85

/** Whether two names of one word each surely are neither alike nor sound alike: asked before anything costly is. */
function openUnlikeNames({ items }: NameAttribute): (a: number, b: number) => boolean {
  const filter = openLetterFilter(items.map(({ joined }) => joined))
  const isPlain = Uint8Array.from(items, ({ tokens, joined, isLatin }) =>
    tokens.length === 1 && joined.length > 1 && isLatin ? 1 : 0,
  )
  const hash = (sound: string | undefined): number => (sound === undefined || sound.length < 2 ? 0 : hashText(sound))
  const first = Int32Array.from(items, ({ sounds }) => hash(sounds[0]))
  const second = Int32Array.from(items, ({ sounds }) => hash(sounds[1]))
  const shares = (x: number, y: number): boolean => x !== 0 && x === y
  return (a, b) =>
    isPlain[a] === 1 &&
    isPlain[b] === 1 &&
    !filter.mayBeAlike(a, b, ALIKE_NAME) &&
    !shares(first[a]!, first[b]!) &&
    !shares(first[a]!, second[b]!) &&
    !shares(second[a]!, first[b]!) &&
    !shares(second[a]!, second[b]!)
}

/**
 * Adds given and family name, which are looked at together because sources exchange them: where neither agrees in
 * place but each agrees with the other's counterpart, both are `swapped`; where a side has one name only, in
 * whichever column, and it is the other's family name, that is what is compared.
 */
export function openNames(draft: EvidenceDraft, given: NameAttribute, family: NameAttribute): void {
  const classOfGiven = classFrequencies(given, draft.frequencies?.get('given_name'))
  const classOfFamily = classFrequencies(family, draft.frequencies?.get('family_name'))
  const givenLevels = spreadLevels('given_name', given, classOfGiven)
  const familyLevels = spreadLevels('family_name', family, classOfFamily)
  const label = (map: ReadonlyMap<string, number>, said: string): number => map.get(said) ?? MISSING
  const differentGiven = GIVEN.get('different')!
  const differentFamily = FAMILY.get('different')!
  const givenMemo = openLevelMemo(given.items.length, (a, b) =>
    label(GIVEN, compareGivenNames(given.items[a], given.items[b])),
  )
  const familyMemo = openLevelMemo(family.items.length, (a, b) =>
    label(FAMILY, compareFamilyNames(family.items[a], family.items[b])),
  )
  const unlikeGiven = openUnlikeNames(given)
  const unlikeFamily = openUnlikeNames(family)
  const givenOf = (a: number, b: number): number =>
    unlikeGiven(a, b) && !shareNickname(given.items[a]!.first, given.items[b]!.first) ? differentGiven : givenMemo(a, b)
  const familyOf = (a: number, b: number): number => (unlikeFamily(a, b) ? differentFamily : familyMemo(a, b))
  // A given name here and a family name there: codes of the two are kept apart by an offset.
  const offset = given.items.length
  const crossOf = openLevelMemo(offset + family.items.length, (low, high) => {
    const [a, b] = low < offset ? [low, high] : [high, low]
    const x = given.items[a]!.joined
    const y = family.items[b - offset]!.joined
    return x.length > 1 && y.length > 1 && (x === y || jaroWinkler(x, y) >= SAME_NAME) ? 1 : 0
  })
  const crossFilter = openLetterFilter([...given.items, ...family.items].map(({ joined }) => joined))
  const weakGiven = GIVEN.get('alike')!
  const weakFamily = FAMILY.get('alike')!
  const initialGiven = GIVEN.get('initial')!
  const exactInitial = (code: number): boolean => given.items[code]!.joined.length === 1 && given.items[code]!.isLatin

  const cross = (a: number, b: number): number => (crossFilter.mayBeAlike(a, b, SAME_NAME) ? crossOf(a, b) : 0)

  const directGiven = (a: number, b: number): number => {
    if (a === 0 || b === 0) return MISSING
    if (a === b) return exactInitial(a) ? initialGiven : classOfGiven[a]!
    return givenOf(a, b)
  }
  const directFamily = (a: number, b: number): number => {
    if (a === 0 || b === 0) return MISSING
    return a === b ? classOfFamily[a]! : familyOf(a, b)
  }
  /** 0: in place; 1: both exchanged; 2: one name alone, found in the other's family name. */
  const crossing = (rowA: number, rowB: number, levelGiven: number, levelFamily: number): number => {
    if ((levelGiven !== MISSING && levelGiven < weakGiven) || (levelFamily !== MISSING && levelFamily < weakFamily)) {
      return 0
    }
    const givenA = given.codes[rowA]!
    const givenB = given.codes[rowB]!
    const familyA = family.codes[rowA]!
    const familyB = family.codes[rowB]!
    const first = givenA !== 0 && familyB !== 0 ? cross(givenA, offset + familyB) : MISSING
    if (first === 0) return 0
    const second = givenB !== 0 && familyA !== 0 ? cross(givenB, offset + familyA) : MISSING
    if (second === 0 || (first === MISSING && second === MISSING)) return 0
    return first === 1 && second === 1 ? 1 : 2
  }
  const generationOf = (row: number): number =>
    family.items[family.codes[row]!]!.generation || given.items[given.codes[row]!]!.generation
  const isOtherGeneration = (rowA: number, rowB: number): boolean => {
    const a = generationOf(rowA)
    const b = generationOf(rowB)
    return a !== 0 && b !== 0 && a !== b
  }
  const hasGenerations = [...family.items, ...given.items].some(({ generation }) => generation !== 0)
  const swappedGiven = GIVEN.get('swapped')!
  const swappedFamily = FAMILY.get('swapped')!

  // Both comparisons are asked of a pair one after the other and need the same look at it.
  let lastA = -1
  let lastB = -1
  let lastGiven = MISSING
  let lastFamily = MISSING
  const evaluate = (rowA: number, rowB: number): void => {
    if (rowA === lastA && rowB === lastB) return
    lastA = rowA
    lastB = rowB
    lastGiven = directGiven(given.codes[rowA]!, given.codes[rowB]!)
    lastFamily = directFamily(family.codes[rowA]!, family.codes[rowB]!)
    const crossed = crossing(rowA, rowB, lastGiven, lastFamily)
    if (crossed > 0) {
      lastGiven = crossed === 1 ? swappedGiven : MISSING
      lastFamily = swappedFamily
    }
    if (hasGenerations && isOtherGeneration(rowA, rowB)) lastGiven = differentGiven
  }

  const atGiven = draft.comparisons.length
  draft.comparisons.push(
    {
      name: 'given_name',
      kind: 'given_name',
      levels: givenLevels,
      groupOf: new Uint8Array(givenLevels.length),
      exactLevels: EXACT_LEVELS,
      strata: [given.codes],
      classOf: classOfGiven,
      keys: given.keys,
      isKnown: (row) => given.codes[row] !== 0,
      compare: (rowA, rowB) => {
        evaluate(rowA, rowB)
        return lastGiven
      },
    },
    {
      name: 'family_name',
      kind: 'family_name',
      levels: familyLevels,
      groupOf: new Uint8Array(familyLevels.length),
      exactLevels: EXACT_LEVELS,
      strata: [family.codes],
      classOf: classOfFamily,
      keys: family.keys,
      isKnown: (row) => family.codes[row] !== 0,
      compare: (rowA, rowB) => {
        evaluate(rowA, rowB)
        return lastFamily
      },
    },
  )

  const sound = (name: ComparableName): number => hashText(name.sounds[0] ?? name.joined)
  const givenKey = keyByValue(given, (name) => (name.joined.length > 1 ? hashText(name.joined) : 0))
  const givenFirst = keyByValue(given, (name) => (name.first.length > 1 ? hashText(name.first) : 0))
  const givenSound = keyByValue(given, (name) => (name.first.length > 1 ? sound(name) : 0))
  const givenInitial = keyByValue(given, (name) => hashText(name.first.charAt(0)))
  const familyKey = keyByValue(family, (name) => (name.joined.length > 1 ? hashText(name.joined) : 0))
  const familySound = keyByValue(family, (name) => (name.joined.length > 1 ? sound(name) : 0))
  const familyHead = keyByValue(family, (name) => (name.joined.length > 2 ? hashText(name.joined.slice(0, 3)) : 0))
  const familyTail = keyByValue(family, (name) => (name.joined.length > 3 ? hashText(name.joined.slice(-3)) : 0))
  const ofGiven = (exact: number, others: Readonly<Record<string, number>>): readonly number[] =>
    spreadAgreement(givenLevels, exact, others)
  const ofFamily = (exact: number, others: Readonly<Record<string, number>>): readonly number[] =>
    spreadAgreement(familyLevels, exact, others)
  const comparison = atGiven
  draft.atoms.push(
    { name: 'given name', comparison, keyOf: givenKey, agreement: ofGiven(1, {}) },
    { name: 'first given name', comparison, keyOf: givenFirst, agreement: ofGiven(1, { part: 0.8 }) },
    {
      name: 'given name sound',
      comparison,
      keyOf: givenSound,
      agreement: ofGiven(1, { part: 0.6, similar: 0.45, nickname: 0.05, alike: 0.3 }),
    },
    {
      name: 'given name initial',
      comparison,
      keyOf: givenInitial,
      agreement: ofGiven(1, { part: 0.8, similar: 0.9, nickname: 0.5, initial: 1, alike: 0.8, different: 0.06 }),
    },
    { name: 'family name', comparison: comparison + 1, keyOf: familyKey, agreement: ofFamily(1, {}) },
    {
      name: 'family name sound',
      comparison: comparison + 1,
      keyOf: familySound,
      agreement: ofFamily(1, { similar: 0.5, alike: 0.3 }),
    },
    {
      name: 'family name head',
      comparison: comparison + 1,
      keyOf: familyHead,
      agreement: ofFamily(1, { similar: 0.65, alike: 0.5, part: 0.5 }),
    },
    {
      name: 'family name tail',
      comparison: comparison + 1,
      keyOf: familyTail,
      agreement: ofFamily(1, { similar: 0.65, alike: 0.3, part: 0.5 }),
    },
  )
  const both = (row: number): number => {
    const a = givenKey(row)
    const b = familyKey(row)
    return a < b ? joinHashes(a, b) : joinHashes(b, a)
  }
  draft.rules.push({
    name: 'both names in any order',
    parts: [
      { comparison, agreement: ofGiven(1, { swapped: 0.7 }) },
      { comparison: comparison + 1, agreement: ofFamily(1, { swapped: 0.7 }) },
    ],
    keyOf: both,
  })
}
