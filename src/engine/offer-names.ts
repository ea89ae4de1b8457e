import { joinHashes, hashText } from './hash-text.ts'
import type { EvidenceDraft } from './evidence.ts'
import type { NamePart } from './open-name-part.ts'
import { offerAtom } from './offer-atom.ts'
import type { NameItem } from './spell-name.ts'
import { spreadAgreement } from './spread-levels.ts'

/** Adds what names bring rows together by; `comparison` is the place of the given name's, the family name's follows. */
export function offerNames(
  draft: EvidenceDraft,
  comparison: number,
  { said: given, itemOf: givenItem }: NamePart,
  { said: family, itemOf: familyItem }: NamePart,
): void {
  const { levels: givenLevels } = draft.comparisons[comparison]!
  const { levels: familyLevels } = draft.comparisons[comparison + 1]!
  const ofGiven = (exact: number, others: Readonly<Record<string, number>>): readonly number[] =>
    spreadAgreement(givenLevels, exact, others)
  const ofFamily = (exact: number, others: Readonly<Record<string, number>>): readonly number[] =>
    spreadAgreement(familyLevels, exact, others)
  const offerGiven = (
    name: string,
    hash: (item: NameItem) => number,
    agreement: Readonly<Record<string, number>>,
  ): void =>
    offerAtom(draft, given, { name, comparison, agreement: ofGiven(1, agreement) }, (_, code) => hash(givenItem(code)))
  const offerFamily = (
    name: string,
    hash: (item: NameItem) => number,
    agreement: Readonly<Record<string, number>>,
  ): void =>
    offerAtom(draft, family, { name, comparison: comparison + 1, agreement: ofFamily(1, agreement) }, (_, code) =>
      hash(familyItem(code)),
    )
  const sound = (name: NameItem): number => hashText(name.sounds[0] ?? name.joined)
  const whole = (name: NameItem): number => (name.joined.length > 1 ? hashText(name.joined) : 0)
  offerGiven('given name', whole, {})
  offerGiven('first given name', (name) => (name.first.length > 1 ? hashText(name.first) : 0), { part: 0.8 })
  offerGiven('given name sound', (name) => (name.first.length > 1 ? sound(name) : 0), {
    part: 0.6,
    similar: 0.45,
    nickname: 0.05,
    alike: 0.3,
  })
  offerGiven('given name initial', (name) => hashText(name.first.charAt(0)), {
    part: 0.8,
    similar: 0.9,
    nickname: 0.5,
    initial: 1,
    alike: 0.8,
    different: 0.06,
  })
  offerFamily('family name', whole, {})
  offerFamily('family name sound', (name) => (name.joined.length > 1 ? sound(name) : 0), { similar: 0.5, alike: 0.3 })
  offerFamily('family name head', (name) => (name.joined.length > 2 ? hashText(name.joined.slice(0, 3)) : 0), {
    similar: 0.65,
    alike: 0.5,
    part: 0.5,
  })
  offerFamily('family name tail', (name) => (name.joined.length > 3 ? hashText(name.joined.slice(-3)) : 0), {
    similar: 0.65,
    alike: 0.3,
    part: 0.5,
  })
  const keysOf = (name: string): Int32Array => draft.atoms.find((atom) => atom.name === name)!.keys
  const givenKeys = keysOf('given name')
  const familyKeys = keysOf('family name')
  const both = (row: number): number => {
    const a = givenKeys[given.codes[row]!]!
    const b = familyKeys[family.codes[row]!]!
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
