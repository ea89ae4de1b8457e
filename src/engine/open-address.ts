import { jaroWinkler } from '../matching/jaro-winkler.ts'
import { normalizeAddress } from '../record/normalize-address.ts'
import { normalizeStreet } from '../record/normalize-street.ts'
import { normalizeText } from '../record/normalize-text.ts'
import { deriveAttribute, type Attribute } from './attribute.ts'
import { MISSING } from './comparison.ts'
import type { EvidenceDraft } from './evidence.ts'
import { hashText } from './hash-text.ts'
import { isOneSlip } from './is-one-slip.ts'
import type { LevelPrior } from './level-priors.ts'
import { describeLetters, openLetterFilter } from './letter-filter.ts'
import { openLevelMemo } from './open-level-memo.ts'
import { offerAtom } from './offer-atom.ts'
import { openItems } from './open-items.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

export interface AddressColumns {
  readonly street?: Column
  readonly houseNumber?: Column
  readonly city?: Column
  readonly postcode?: Column
  readonly region?: Column
  readonly country?: Column
  /** Whole addresses in one cell. */
  readonly lines: readonly Column[]
}

interface Street {
  readonly number: string
  readonly name: string
}

const STREETS = ['no street', 'same street and number', 'similar street', 'same street', 'other street'] as const
const PLACES = ['no place', 'same postcode', 'near postcode', 'same city', 'elsewhere'] as const
const OTHER_STREET = 4
/** Jaro-Winkler from which two spellings are one: streets are long, and their kind (`road`) is a part of them. */
const ALIKE_STREET = 0.9
const ALIKE_CITY = 0.92
const WIDTH = PLACES.length
/** Streets kept open in memory, as a power of 2. */
const MOST_KEPT = 4096

// Of one person: a tenth to a sixth has moved, which changes both parts at once; otherwise parts differ by spelling.
const MOVED = 0.12
const M_STREET = [0, 0.85, 0.1, 0.02, 0.03]
const M_PLACE = [0, 0.84, 0.06, 0.08, 0.02]
const U_STREET = [0, 1e-5, 2e-5, 5e-4, 0.99947]
const U_PLACE = [0, 5e-4, 2e-3, 0.01, 0.9875]

/**
 * Adds the address as one comparison: street by place, because parts of an address change together and are shared
 * together by a household. Which parts both sides know is not evidence: levels are alternatives only among those
 * with the same parts known.
 */
export function openAddress(draft: EvidenceDraft, columns: AddressColumns, rowCount: number): void {
  const { street, city, postcode } = draft.derive('address', () => readAddress(columns, rowCount))
  const describe = (what: string, { keys }: Attribute, read: (key: string) => string): Int32Array =>
    draft.derive(`letters of ${what}`, () => {
      const spell = openTexts(keys)
      return describeLetters(keys.size, (code) => read(spell(code)))
    })
  const asItIs = (key: string): string => key
  const streetFilter = openLetterFilter(describe('street', street, (key) => parseStreet(key).name))
  const streetItem = openItems(street.keys, parseStreet, MOST_KEPT)
  const streetOf = (a: number, b: number): number =>
    streetFilter.mayBeAlike(a, b, ALIKE_STREET) ? compareStreets(streetItem(a), streetItem(b)) : OTHER_STREET
  const codeText = openTexts(postcode.keys)
  const postcodeOf = (a: number, b: number): number =>
    comparePostcodes(codeText(a), codeText(b)) < DIFFERENT_POSTCODE ? 1 : 0
  const cityFilter = openLetterFilter(describe('city', city, asItIs))
  const cityText = openTexts(city.keys)
  const cityMemo = openLevelMemo(city.keys.size, (a, b) => (isSameCity(cityText(a), cityText(b)) ? 1 : 0))

  const cityOf = (a: number, b: number): number => (cityFilter.mayBeAlike(a, b, ALIKE_CITY) ? cityMemo(a, b) : 0)
  const levels: LevelPrior[] = []
  const groupOf: number[] = []
  for (const [s, streetLabel] of STREETS.entries()) {
    for (const [p, placeLabel] of PLACES.entries()) {
      if (s === 0 && p === 0) continue
      groupOf.push(s === 0 ? 0 : p === 0 ? 1 : 2)
      levels.push({
        label: `${streetLabel}, ${placeLabel}`,
        m: priorOf(s, p, M_STREET, M_PLACE, MOVED),
        u: priorOf(s, p, U_STREET, U_PLACE, 0),
      })
    }
  }
  const placeOf = (rowA: number, rowB: number): number => {
    const codeA = postcode.codes[rowA]!
    const codeB = postcode.codes[rowB]!
    const cityA = city.codes[rowA]!
    const cityB = city.codes[rowB]!
    if (codeA !== 0 && codeA === codeB) return 1
    const isCityKnown = cityA !== 0 && cityB !== 0
    const isCitySame = isCityKnown && (cityA === cityB || cityOf(cityA, cityB) === 1)
    if (codeA !== 0 && codeB !== 0) {
      if ((isCitySame || !isCityKnown) && postcodeOf(codeA, codeB) === 1) return 2
      return isCitySame ? 3 : 4
    }
    return isCityKnown ? (isCitySame ? 3 : 4) : 0
  }
  const comparison = draft.comparisons.length
  draft.comparisons.push({
    name: 'address',
    kind: 'address',
    levels,
    groupOf: Uint8Array.from(groupOf),
    exactLevels: 0,
    strata: [street.codes, postcode.codes, city.codes],
    isKnown: (row) => street.codes[row] !== 0 || city.codes[row] !== 0 || postcode.codes[row] !== 0,
    compare: (rowA, rowB) => {
      const a = street.codes[rowA]!
      const b = street.codes[rowB]!
      const streetLevel = a === 0 || b === 0 ? 0 : a === b ? 1 : streetOf(a, b)
      const level = streetLevel * WIDTH + placeOf(rowA, rowB) - 1
      return level < 0 ? MISSING : level
    },
  })

  const agreeing = (streets: readonly number[], places: readonly number[]): readonly number[] => {
    const shares: number[] = []
    for (const s of STREETS.keys())
      for (const p of PLACES.keys()) if (s + p > 0) shares.push(Math.max(streets[s]!, places[p]!))
    return shares
  }
  const none = [0, 0, 0, 0, 0]
  const numbered = (key: string): number => {
    const { number, name } = parseStreet(key)
    return number === '' ? 0 : hashText(`${number} ${name}`)
  }
  const named = (key: string): number => hashText(parseStreet(key).name)
  const offer = (
    name: string,
    said: Attribute,
    agreement: readonly number[],
    hashOf: (key: string) => number,
  ): void => {
    if (said.keys.size > 1) offerAtom(draft, said, { name, comparison, agreement }, hashOf)
  }
  offer('street and number', street, agreeing([0, 1, 0, 0, 0], none), numbered)
  offer('street', street, agreeing([0, 1, 0.2, 1, 0.001], none), named)
  offer('postcode', postcode, agreeing(none, [0, 1, 0, 0, 0]), hashText)
  offer('city', city, agreeing(none, [0, 0.9, 0.9, 0.8, 0]), hashText)
}

function priorOf(s: number, p: number, streets: readonly number[], places: readonly number[], moved: number): number {
  const isOther = (s === 0 || s === 4) && (p === 0 || p === 4)
  const stayed = (s === 0 ? 1 : streets[s]!) * (p === 0 ? 1 : places[p]!)
  return (1 - moved) * stayed + (isOther ? moved : 0)
}

function readAddress(
  columns: AddressColumns,
  rowCount: number,
): { street: Attribute; city: Attribute; postcode: Attribute } {
  if (columns.lines.length === 0 && columns.houseNumber === undefined) {
    return {
      street: deriveAttribute(present(columns.street), rowCount, ([cell = '']) => {
        const { houseNumber, street } = normalizeStreet(cell)
        return spellStreet(houseNumber, street)
      }),
      city: deriveAttribute(present(columns.city), rowCount, ([cell = '']) => normalizeText(cell)),
      postcode: deriveAttribute(present(columns.postcode), rowCount, ([cell = '']) => spellPostcode(cell)),
    }
  }
  const parts = ['street', 'houseNumber', 'city', 'postcode', 'region', 'country'] as const
  const used = parts.filter((part) => columns[part] !== undefined)
  const all = [...used.map((part) => columns[part]!), ...columns.lines]
  const read = (cells: readonly string[]): ReturnType<typeof normalizeAddress>['value'] => {
    const given: Record<string, string> = {}
    used.forEach((part, at) => {
      if (cells[at] !== '') given[part] = cells[at]!
    })
    const line = cells.slice(used.length).find((cell) => cell !== '')
    return normalizeAddress(given, line).value
  }
  return {
    street: deriveAttribute(all, rowCount, (cells) => {
      const value = read(cells)
      return spellStreet(value?.houseNumber, value?.street)
    }),
    city: deriveAttribute(all, rowCount, (cells) => read(cells)?.city ?? ''),
    postcode: deriveAttribute(all, rowCount, (cells) => spellPostcode(read(cells)?.postcode ?? '')),
  }
}

/** Stands in no normalized number. */
const BEHIND_NUMBER = '\n'

/** The one spelling by which streets are told apart: number and name; empty without a name. */
function spellStreet(number = '', name = ''): string {
  return name === '' ? '' : `${number}${BEHIND_NUMBER}${name}`
}

function parseStreet(key: string): Street {
  const at = key.indexOf(BEHIND_NUMBER)
  return { number: key.slice(0, Math.max(0, at)), name: key.slice(at + 1) }
}

const present = (column: Column | undefined): readonly Column[] => (column === undefined ? [] : [column])

/** Letters and digits only. */
export function spellPostcode(cell: string): string {
  return normalizeText(cell).replaceAll(' ', '')
}

const SLIP_POSTCODE = 1
const AREA_POSTCODE = 2
const DIFFERENT_POSTCODE = 3

/** How far two different postcodes agree: one slip, the same area (all but the last three characters), or not. */
export function comparePostcodes(a: string, b: string): number {
  if (isOneSlip(a, b)) return SLIP_POSTCODE
  const area = Math.max(a.length, b.length) - 3
  return area >= 2 && a.length === b.length && a.startsWith(b.slice(0, area)) ? AREA_POSTCODE : DIFFERENT_POSTCODE
}

function isSameCity(a: string, b: string): boolean {
  return (a.length >= 5 && b.length >= 5 && isOneSlip(a, b)) || jaroWinkler(a, b) >= ALIKE_CITY
}

function compareStreets(a: Street, b: Street): number {
  const isNameSame = a.name === b.name
  const isNameSimilar =
    isNameSame || (a.name.length >= 5 && isOneSlip(a.name, b.name)) || jaroWinkler(a.name, b.name) >= ALIKE_STREET
  if (!isNameSimilar) return OTHER_STREET
  if (a.number === b.number) return a.number === '' ? (isNameSame ? 1 : 2) : 2
  if (a.number === '' || b.number === '') return isNameSame ? 3 : 4
  if (isNameSame && a.number.length + b.number.length >= 4 && isOneSlip(a.number, b.number)) return 2
  return isNameSame ? 3 : 4
}
