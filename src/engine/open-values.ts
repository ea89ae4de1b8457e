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
import { deriveListAttribute } from './derive-list-attribute.ts'
import { hashText } from './hash-text.ts'
import { isOneSlip } from './is-one-slip.ts'
import { LEVEL_PRIORS } from './level-priors.ts'
import { offerValue } from './offer-value.ts'
import { offerAtom } from './offer-atom.ts'
import { openItems } from './open-items.ts'
import { openValueComparison } from './open-value-comparison.ts'
import { parseWrittenDate, readBirthDate, spellWrittenDate } from './read-birth-date.ts'
import { spreadAgreement } from './spread-levels.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

/** Adds a birth date. Dates that systems write for "unknown" are kept: their frequency class says how little they tell. */
export function openBirthDate(
  draft: EvidenceDraft,
  name: string,
  column: Column,
  rowCount: number,
  pivotYear: number,
): void {
  const attribute = draft.derive(`birth_date ${name}`, () => {
    const order = guessDateOrder(column)
    return deriveAttribute([column], rowCount, ([cell = '']) => {
      const date = readBirthDate(cell, order, pivotYear)
      return date === undefined ? '' : spellWrittenDate(date)
    })
  })
  const dateOf = openItems(attribute.keys, parseWrittenDate)
  const comparison = draft.comparisons.length
  const opened = openValueComparison(draft, name, 'birth_date', attribute, dateOf, compareWrittenDates, {
    remember: false,
  })
  draft.comparisons.push(opened)
  const { levels } = opened
  offerAtom(draft, attribute, { name, comparison, agreement: spreadAgreement(levels, 1, {}) }, (key) =>
    parseWrittenDate(key).day === 0 ? 0 : hashText(key),
  )
  const sameYear = { partial: 1, slip: 0.6, same_month: 1, year: 1 }
  const ofYear = { name: `year of ${name}`, comparison, agreement: spreadAgreement(levels, 1, sameYear) }
  offerAtom(draft, attribute, ofYear, (key) => {
    const { year } = parseWrittenDate(key)
    return year === 0 ? 0 : hashText(`y${year}`)
  })
  const sameDay = spreadAgreement(levels, 1, { slip: 0.6, same_day: 1 })
  offerAtom(draft, attribute, { name: `day and month of ${name}`, comparison, agreement: sameDay }, (key) => {
    const { month, day } = parseWrittenDate(key)
    if (day === 0 || (day === 1 && month === 1)) return 0
    return hashText(`d${Math.min(month, day)}-${Math.max(month, day)}`)
  })
}

/** Adds a column of sexes, read in the languages `normalizeSex` knows. */
export function openSex(draft: EvidenceDraft, name: string, column: Column, rowCount: number): void {
  const { codes } = draft.derive(`sex ${name}`, () =>
    deriveAttribute([column], rowCount, ([cell = '']) => normalizeSex(cell)?.value ?? ''),
  )
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
  const attribute = draft.derive(`identifier ${name}`, () =>
    deriveAttribute([column], rowCount, ([cell = '']) => {
      const key = normalizeText(cell).replaceAll(' ', '')
      return isPlaceholder('identifier', key) ? '' : key
    }),
  )
  const compare = (a: string, b: string): number => (a.length >= 5 && b.length >= 5 && isOneSlip(a, b) ? 1 : 2)
  const opened = openValueComparison(draft, name, 'identifier', attribute, openTexts(attribute.keys), compare, {
    remember: false,
  })
  offerValue(draft, attribute, asItIs, opened, {
    name: `${name} ending`,
    hash: (text) => (text.length < 5 ? 0 : hashText(text.slice(-4))),
    agreement: { slip: 0.4 },
  })
}

/** Adds an organisation, legal forms aside; of several names in as many columns those that agree best. */
export function openOrganisation(draft: EvidenceDraft, columns: readonly Column[], rowCount: number): void {
  const { name = '' } = columns[0] ?? {}
  const read = ([cell = '']: readonly string[]): string => normalizeOrganisation(cell) ?? ''
  const attribute = draft.derive(`organisation ${name}`, () =>
    columns.length === 1
      ? deriveAttribute(columns, rowCount, read)
      : deriveListAttribute(columns, rowCount, read, false),
  )
  const places = { exact: 1, similar: 1, part: 2, different: 3 } as const
  const compare = (a: string, b: string): number => places[compareOrganisationNames(a, b)]
  const opened = openValueComparison(draft, name, 'organisation', attribute, openTexts(attribute.keys), compare)
  offerValue(draft, attribute, asItIs, opened, {
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
  const attribute = draft.derive(`${kind} ${name}`, () =>
    deriveAttribute([column], rowCount, ([cell = '']) => {
      const key = normalizeText(cell)
      return isPlaceholder('text', key) ? '' : key
    }),
  )
  const read = (text: string): WrittenText => ({ text, words: text.split(' ') })
  const textOf = openItems(attribute.keys, read)
  offerValue(draft, attribute, read, openValueComparison(draft, name, kind, attribute, textOf, compareTexts))
}

const asItIs = (key: string): string => key

/** Day or month first, by which of the two passes twelve more often; year first where four digits lead. */
function guessDateOrder({ values }: Column): DateOrder {
  let dayFirst = 0
  let monthFirst = 0
  let yearFirst = 0
  const textOf = openTexts(values)
  for (let code = 1; code < values.size; code++) {
    const value = textOf(code)
    const found = /^(\d{1,4})[-/. ](\d{1,2})[-/. ]\d/.exec(value)
    if (found === null) {
      if (/^(?:1[5-9]|20)\d{6}$/.test(value)) yearFirst++
      continue
    }
    if (found[1]!.length > 2) yearFirst++
    else if (Number(found[1]) > 12) dayFirst++
    else if (Number(found[2]) > 12) monthFirst++
  }
  if (yearFirst > dayFirst + monthFirst) return 'ymd'
  return monthFirst > dayFirst ? 'mdy' : 'dmy'
}
