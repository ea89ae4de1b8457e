import type { Attribute } from './attribute.ts'
import type { Atom } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { shareInts } from './share-array.ts'
import { openTexts } from './texts.ts'

/** Adds an atom to a comparison that is there, its keys hashes of an attribute's spellings; 0 for those without the part. */
export function offerAtom(
  draft: EvidenceDraft,
  { codes, keys: spellings }: Attribute,
  atom: Omit<Atom, 'codes' | 'keys'>,
  hashOf: (key: string, code: number) => number,
): void {
  const { kind, name } = draft.comparisons[atom.comparison]!
  const keys = draft.derive(`keys of ${kind} ${name}: ${atom.name}`, () => {
    const hashes = shareInts(spellings.size)
    const textOf = openTexts(spellings)
    for (let code = 1; code < hashes.length; code++) hashes[code] = hashOf(textOf(code), code)
    return hashes
  })
  draft.atoms.push({ ...atom, codes, keys })
}
