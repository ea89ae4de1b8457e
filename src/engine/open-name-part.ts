import type { Attribute } from './attribute.ts'
import type { EvidenceDraft } from './evidence.ts'
import { describeLetters } from './letter-filter.ts'
import { openItems } from './open-items.ts'
import { parseName, type NameItem } from './spell-name.ts'

/** One of the two names: what the rows say, and what the spellings mean. */
export interface NamePart {
  readonly said: Attribute
  readonly itemOf: (code: number) => NameItem
  /** Of each value, what the letter filter asks. */
  readonly letters: Int32Array
}

/** Opens what rows say of one of the two names. */
export function openNamePart(draft: EvidenceDraft, kind: 'given_name' | 'family_name', said: Attribute): NamePart {
  const itemOf = openItems(said.keys, parseName)
  const letters = draft.derive(`letters of ${kind}`, () =>
    describeLetters(said.keys.size, (code) => itemOf(code).joined),
  )
  return { said, itemOf, letters }
}
