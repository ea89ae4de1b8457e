import { deriveAttribute } from './attribute.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { comparePostcodes, spellPostcode } from './open-address.ts'
import { offerValue } from './offer-value.ts'
import { openValueComparison } from './open-value-comparison.ts'
import type { Column } from './table.ts'

/** Adds a postcode that stands alone; with a city or a street it is a part of the address. */
export function openPostcode(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const attribute = deriveAttribute([column], rowCount, '', ([cell = '']) => {
    const key = spellPostcode(cell)
    return key === '' ? undefined : { key, item: key }
  })
  const opened = openValueComparison(draft, name, 'postcode', attribute, comparePostcodes)
  offerValue(draft, attribute, opened, {
    name: `area of ${name}`,
    hash: (text) => (text.length < 5 ? 0 : hashText(text.slice(0, -3))),
    agreement: { slip: 0.4, area: 1 },
  })
}
