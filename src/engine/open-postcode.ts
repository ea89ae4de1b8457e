import { deriveAttribute } from './attribute.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { comparePostcodes, spellPostcode } from './open-address.ts'
import { offerValue } from './offer-value.ts'
import { openValueComparison } from './open-value-comparison.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

/** Adds a postcode that stands alone; with a city or a street it is a part of the address. */
export function openPostcode(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const attribute = draft.derive(`postcode ${name}`, () =>
    deriveAttribute([column], rowCount, ([cell = '']) => spellPostcode(cell)),
  )
  const opened = openValueComparison(draft, name, 'postcode', attribute, openTexts(attribute.keys), comparePostcodes)
  const asItIs = (key: string): string => key
  offerValue(draft, attribute, asItIs, opened, {
    name: `area of ${name}`,
    hash: (text) => (text.length < 5 ? 0 : hashText(text.slice(0, -3))),
    agreement: { slip: 0.4, area: 1 },
  })
}
