import { compareFamilyNames } from '../matching/compare-family-names.ts'
import { compareGivenNames } from '../matching/compare-given-names.ts'
import { markNicknames, shareNickname } from '../matching/share-nickname.ts'
import { jaroWinkler } from '../matching/jaro-winkler.ts'
import type { Attribute } from './attribute.ts'
import { classFrequencies } from './class-frequencies.ts'
import { MISSING } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { openLetterFilter } from './letter-filter.ts'
import { LEVEL_PRIORS } from './level-priors.ts'
import { openLevelMemo } from './open-level-memo.ts'
import { openNamePart, type NamePart } from './open-name-part.ts'
import { offerNames } from './offer-names.ts'
import { shareBytes, shareInts } from './share-array.ts'
import { EXACT_LEVELS, spreadLevels } from './spread-levels.ts'

const GIVEN = new Map(LEVEL_PRIORS.given_name.levels.map(({ label }, at) => [label, at + EXACT_LEVELS - 1]))
const FAMILY = new Map(LEVEL_PRIORS.family_name.levels.map(({ label }, at) => [label, at + EXACT_LEVELS - 1]))

/** From here two names are one name with a slip: the threshold of Splink's name comparison (2024). */
const SAME_NAME = 0.92
/** Below it they are different, unless they sound alike. */
const ALIKE_NAME = 0.85

/** Whether two names of one word each surely are neither alike nor sound alike nor nicknames of one: asked before anything costly is. */
function openUnlikeNames(
  draft: EvidenceDraft,
  kind: 'given_name' | 'family_name',
  { said, itemOf, letters }: NamePart,
): (a: number, b: number) => boolean {
  const filter = openLetterFilter(letters)
  const hash = (sound: string | undefined): number => (sound === undefined || sound.length < 2 ? 0 : hashText(sound))
  // Two sounds a name, both -1 where it is not one plain word, and the nicknames a given name may share.
  const sounds = draft.derive(`sounds of ${kind}`, () => {
    const hashes = shareInts(said.keys.size * 4)
    for (let code = 0; code < said.keys.size; code++) {
      const { tokens, first, joined, isLatin, sounds: heard } = itemOf(code)
      const isPlain = tokens.length === 1 && joined.length > 1 && isLatin
      hashes[code * 4] = isPlain ? hash(heard[0]) : -1
      hashes[code * 4 + 1] = isPlain ? hash(heard[1]) : -1
      hashes[code * 4 + 2] = kind === 'given_name' ? markNicknames(first) : 0
    }
    return hashes
  })
  return (a, b) => {
    const firstA = sounds[a * 4]!
    const firstB = sounds[b * 4]!
    if (firstA < 0 || firstB < 0 || filter.mayBeAlike(a, b, ALIKE_NAME)) return false
    if ((sounds[a * 4 + 2]! & sounds[b * 4 + 2]!) !== 0 && shareNickname(itemOf(a).first, itemOf(b).first)) return false
    const secondA = sounds[a * 4 + 1]!
    const secondB = sounds[b * 4 + 1]!
    if (firstA !== 0 && (firstA === firstB || firstA === secondB)) return false
    return secondA === 0 || (secondA !== firstB && secondA !== secondB)
  }
}

/**
 * Adds given and family name, which are looked at together because sources exchange them: where neither agrees in
 * place but each agrees with the other's counterpart, both are `swapped`; where a side has one name only, in
 * whichever column, and it is the other's family name, that is what is compared.
 */
export function openNames(draft: EvidenceDraft, given: Attribute, family: Attribute): void {
  const classOf = (kind: 'given_name' | 'family_name', said: Attribute): Uint8Array =>
    draft.derive(`classes of ${kind}`, () => classFrequencies(said, draft.frequencies?.get(kind)))
  const classOfGiven = classOf('given_name', given)
  const classOfFamily = classOf('family_name', family)
  const givenPart = openNamePart(draft, 'given_name', given)
  const familyPart = openNamePart(draft, 'family_name', family)
  const givenItem = givenPart.itemOf
  const familyItem = familyPart.itemOf
  const givenLevels = spreadLevels('given_name', given, classOfGiven)
  const familyLevels = spreadLevels('family_name', family, classOfFamily)
  const label = (map: ReadonlyMap<string, number>, said: string): number => map.get(said) ?? MISSING
  const differentGiven = GIVEN.get('different')!
  const differentFamily = FAMILY.get('different')!
  const givenMemo = openLevelMemo(given.keys.size, (a, b) =>
    label(GIVEN, compareGivenNames(givenItem(a), givenItem(b))),
  )
  const familyMemo = openLevelMemo(family.keys.size, (a, b) =>
    label(FAMILY, compareFamilyNames(familyItem(a), familyItem(b))),
  )
  const unlikeGiven = openUnlikeNames(draft, 'given_name', givenPart)
  const unlikeFamily = openUnlikeNames(draft, 'family_name', familyPart)
  const givenOf = (a: number, b: number): number => (unlikeGiven(a, b) ? differentGiven : givenMemo(a, b))
  const familyOf = (a: number, b: number): number => (unlikeFamily(a, b) ? differentFamily : familyMemo(a, b))
  // A given name here and a family name there: codes of the two are kept apart by an offset.
  const offset = given.keys.size
  const crossOf = openLevelMemo(offset + family.keys.size, (low, high) => {
    const [a, b] = low < offset ? [low, high] : [high, low]
    const x = givenItem(a).joined
    const y = familyItem(b - offset).joined
    return x.length > 1 && y.length > 1 && (x === y || jaroWinkler(x, y) >= SAME_NAME) ? 1 : 0
  })
  const crossLetters = draft.derive('letters of both names', () => {
    const both = shareInts(givenPart.letters.length + familyPart.letters.length)
    both.set(givenPart.letters)
    both.set(familyPart.letters, givenPart.letters.length)
    return both
  })
  const crossFilter = openLetterFilter(crossLetters)
  const weakGiven = GIVEN.get('alike')!
  const weakFamily = FAMILY.get('alike')!
  const initialGiven = GIVEN.get('initial')!
  const isInitial = draft.derive('initials', () => {
    const marks = shareBytes(given.keys.size)
    for (let code = 1; code < marks.length; code++) {
      const { joined, isLatin } = givenItem(code)
      marks[code] = joined.length === 1 && isLatin ? 1 : 0
    }
    return marks
  })

  const cross = (a: number, b: number): number => (crossFilter.mayBeAlike(a, b, SAME_NAME) ? crossOf(a, b) : 0)

  const directGiven = (a: number, b: number): number => {
    if (a === 0 || b === 0) return MISSING
    if (a === b) return isInitial[a] === 1 ? initialGiven : classOfGiven[a]!
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
    familyItem(family.codes[row]!).generation || givenItem(given.codes[row]!).generation
  const isOtherGeneration = (rowA: number, rowB: number): boolean => {
    const a = generationOf(rowA)
    const b = generationOf(rowB)
    return a !== 0 && b !== 0 && a !== b
  }
  const hasGenerations = draft.derive('whether names have generations', () =>
    [given, family].some(({ keys: { size } }, part) => {
      const itemOf = part === 0 ? givenItem : familyItem
      for (let code = 1; code < size; code++) if (itemOf(code).generation !== 0) return true
      return false
    }),
  )
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
    if (hasGenerations && isOtherGeneration(rowA, rowB)) {
      // Father and son: that they share the family name is why they are told apart.
      lastGiven = differentGiven
      if (lastFamily < differentFamily) lastFamily = MISSING
    }
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
      ...(!hasGenerations && {
        levelOfShared: (code: number) => (isInitial[code] === 1 ? initialGiven : classOfGiven[code]!),
      }),
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
      levelOfShared: (code) => classOfFamily[code]!,
      classOf: classOfFamily,
      keys: family.keys,
      isKnown: (row) => family.codes[row] !== 0,
      isAskedWithBefore: true,
      compare: (rowA, rowB) => {
        evaluate(rowA, rowB)
        return lastFamily
      },
    },
  )

  offerNames(draft, atGiven, givenPart, familyPart)
}
