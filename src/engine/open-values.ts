import { normalizeSex } from '../record/normalize-sex.ts'
import { normalizeText } from '../record/normalize-text.ts'
import type { DateOrder } from '../record/derive-region-habits.ts'
import { compareOrganisationNames } from '../matching/compare-organisation-names.ts'
import { normalizeOrganisation } from '../record/normalize-organisation.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { deriveAttribute } from './attribute.ts'
import { compareTexts, type WrittenText } from './compare-texts.ts'
import { compareWrittenDates } from './compare-written-dates.ts'
import { MISSING } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { isOneSlip } from './is-one-slip.ts'
import { LEVEL_PRIORS } from './level-priors.ts'
import { offerValue } from './offer-value.ts'
import { keyByValue, openValueComparison } from './open-value-comparison.ts'
import { readBirthDate } from './read-birth-date.ts'
import { spreadAgreement } from './spread-levels.ts'
import type { Column } from './table.ts'

/** Adds a birth date. Dates that systems write for "unknown" are kept: their frequency class says how little they tell. */
export function openBirthDate(
  draft: EvidenceDraft,
  name: string,
  column: Column,
  rowCount: number,
  { order, pivotYear }: { readonly order: DateOrder; readonly pivotYear: number },
): void {
  const attribute = deriveAttribute([column], rowCount, { year: 0, month: 0, day: 0 }, ([cell = '']) =>
    readBirthDate(cell, order, pivotYear),
  )
  const comparison = draft.comparisons.length
  const opened = openValueComparison(draft, name, 'birth_date', attribute, compareWrittenDates, { remember: false })
  draft.comparisons.push(opened)
  const { levels } = opened
  draft.atoms.push(
    {
      name,
      comparison,
      keyOf: keyByValue(attribute, ({ day }, key) => (day === 0 ? 0 : hashText(key))),
      agreement: spreadAgreement(levels, 1, {}),
    },
    {
      name: `year of ${name}`,
      comparison,
      keyOf: keyByValue(attribute, ({ year }) => (year === 0 ? 0 : hashText(`y${year}`))),
      agreement: spreadAgreement(levels, 1, { partial: 1, slip: 0.6, same_month: 1, year: 1 }),
    },
    {
      name: `day and month of ${name}`,
      comparison,
      keyOf: keyByValue(attribute, ({ month, day }) =>
        day === 0 || (day === 1 && month === 1) ? 0 : hashText(`d${Math.min(month, day)}-${Math.max(month, day)}`),
      ),
      agreement: spreadAgreement(levels, 1, { slip: 0.6, same_day: 1 }),
    },
  )
}

/** Adds a column of sexes, read in the languages `normalizeSex` knows. */
export function openSex(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const { codes } = deriveAttribute([column], rowCount, '', ([cell = '']) => {
    const value = normalizeSex(cell)?.value
    return value === undefined ? undefined : { key: value, item: value }
  })
  const { levels } = LEVEL_PRIORS.sex
  draft.comparisons.push({
    name,
    kind: 'sex',
    levels,
    groupOf: new Uint8Array(levels.length),
    exactLevels: 0,
    strata: [],
    isKnown: (row) => codes[row] !== 0,
    compare: (rowA, rowB) => {
      const a = codes[rowA]!
      const b = codes[rowB]!
      return a === 0 || b === 0 ? MISSING : a === b ? 0 : 1
    },
  })
}

/** Adds an identifier: letters and digits count, case and punctuation do not. */
export function openIdentifier(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const attribute = deriveAttribute([column], rowCount, '', ([cell = '']) => {
    const key = normalizeText(cell).replaceAll(' ', '')
    return key === '' || isPlaceholder('identifier', key) ? undefined : { key, item: key }
  })
  const compare = (a: string, b: string): number => (a.length >= 5 && b.length >= 5 && isOneSlip(a, b) ? 1 : 2)
  const opened = openValueComparison(draft, name, 'identifier', attribute, compare, { remember: false })
  offerValue(draft, attribute, opened, {
    name: `${name} ending`,
    hash: (text) => (text.length < 5 ? 0 : hashText(text.slice(-4))),
    agreement: { slip: 0.4 },
  })
}

/** Adds an organisation, legal forms aside. */
export function openOrganisation(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const attribute = deriveAttribute([column], rowCount, '', ([cell = '']) => {
    const key = normalizeOrganisation(cell)
    return key === undefined || key === '' ? undefined : { key, item: key }
  })
  const places = { exact: 1, similar: 1, part: 2, different: 3 } as const
  const compare = (a: string, b: string): number => places[compareOrganisationNames(a, b)]
  const opened = openValueComparison(draft, name, 'organisation', attribute, compare)
  offerValue(draft, attribute, opened, {
    name: `first word of ${name}`,
    hash: (text) => hashText(text.split(' ')[0]!.slice(0, 5)),
    agreement: { similar: 0.8, part: 0.4 },
  })
}

/** Adds a column of words, a place or anything else that is not known better. */
export function openText(
  draft: EvidenceDraft,
  name: string,
  kind: 'text' | 'place',
  column: Column,
  rowCount: number,
): void {
  const attribute = deriveAttribute<WrittenText>([column], rowCount, { text: '', words: [] }, ([cell = '']) => {
    const key = normalizeText(cell)
    return key === '' || isPlaceholder('text', key) ? undefined : { key, item: { text: key, words: key.split(' ') } }
  })
  offerValue(draft, attribute, openValueComparison(draft, name, kind, attribute, compareTexts))
}
