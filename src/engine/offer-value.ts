import type { Attribute } from './attribute.ts'
import type { Comparison } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { offerAtom } from './offer-atom.ts'
import { spreadAgreement } from './spread-levels.ts'

/** A part of a value under which rows meet although the rest differs. */
export interface ValuePart<Item> {
  readonly name: string
  /** Hash of the part; 0 where a value is too short to have one. */
  readonly hash: (item: Item) => number
  /** P(the part agrees | level), for the levels below exact; 0 for those left out. */
  readonly agreement: Readonly<Record<string, number>>
}

/** Adds the comparison of an attribute, the whole value to bring rows together by, and a part of it if there is one. */
export function offerValue<Item>(
  draft: EvidenceDraft,
  attribute: Attribute,
  read: (key: string) => Item,
  compared: Comparison,
  part?: ValuePart<Item>,
): void {
  const { name, levels } = compared
  const comparison = draft.comparisons.length
  draft.comparisons.push(compared)
  offerAtom(draft, attribute, { name, comparison, agreement: spreadAgreement(levels, 1, {}) }, hashText)
  if (part === undefined) return
  const agreement = spreadAgreement(levels, 1, part.agreement)
  offerAtom(draft, attribute, { name: part.name, comparison, agreement }, (key) => part.hash(read(key)))
}
