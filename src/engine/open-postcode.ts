import { deriveAttribute } from './attribute.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { comparePostcodes, spellPostcode } from './open-address.ts'
import { keyByValue, openValueComparison } from './open-value-comparison.ts'
import { spreadAgreement } from './spread-levels.ts'
import type { Column } from './table.ts'

/** Adds a postcode that stands alone; with a city or a street it is a part of the address. */
export function openPostcode(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const attribute = deriveAttribute([column], rowCount, '', ([cell = '']) => {
    const key = spellPostcode(cell)
    return key === '' ? undefined : { key, item: key }
  })
  const comparison = draft.comparisons.length
  const opened = openValueComparison(draft, name, 'postcode', attribute, comparePostcodes)
  draft.comparisons.push(opened)
  draft.atoms.push(
    {
      name,
      comparison,
      keyOf: keyByValue(attribute, (_, key) => hashText(key)),
      agreement: spreadAgreement(opened.levels, 1, {}),
    },
    {
      name: `area of ${name}`,
      comparison,
      keyOf: keyByValue(attribute, (text) => (text.length < 5 ? 0 : hashText(text.slice(0, -3)))),
      agreement: spreadAgreement(opened.levels, 1, { slip: 0.4, area: 1 }),
    },
  )
}
