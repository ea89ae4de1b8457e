import { parseFullName } from '../record/parse-full-name.ts'
import { deriveAttribute, type Attribute } from './attribute.ts'
import { areAlternatives, coalesceColumns } from './coalesce-columns.ts'
import type { Evidence, EvidenceDraft } from './evidence.ts'
import { openAddress, type AddressColumns } from './open-address.ts'
import { openEmail, openPhone } from './open-contacts.ts'
import { openMiddleNames } from './open-middle-names.ts'
import { openNames } from './open-names.ts'
import { openPostcode } from './open-postcode.ts'
import { openBirthDate, openIdentifier, openOrganisation, openSex, openText } from './open-values.ts'
import { spellName } from './spell-name.ts'
import type { Column, Table } from './table.ts'
import type { ColumnUse, UnderstoodColumn } from './understanding.ts'

/** What can be opened by itself. */
export type EvidencePart = 'names' | 'middle' | 'birth' | 'sex' | 'email' | 'phone' | 'address' | 'rest'

export interface EvidenceOptions {
  readonly pivotYear: number
  readonly frequencies?: EvidenceDraft['frequencies']
  /**
   * Columns are what they are called: whether several hold one thing under several names is not asked of the rows, so
   * that with frequencies given a pair's levels depend on its two rows alone.
   */
  readonly areColumnsFixed?: boolean
  /** What follows from the values of whole columns, by name: known from elsewhere, or filled in. */
  readonly derived?: Map<string, unknown>
  /** Opens this part only, to have it derived: the comparisons are of no use then. */
  readonly only?: EvidencePart
}

/**
 * Opens everything the understood columns can be compared by. Canonical order: names, birth date, sex, e-mail,
 * phone, address, organisation, identifiers, texts; within a kind by column name, so that the order of columns in a
 * file changes nothing.
 */
export function openEvidence(
  table: Table,
  understood: readonly UnderstoodColumn[],
  { pivotYear, frequencies, areColumnsFixed = false, derived = new Map(), only }: EvidenceOptions,
): Evidence {
  const draft: EvidenceDraft = {
    derive: (name, compute) => remember(derived, name, compute),
    comparisons: [],
    atoms: [],
    rules: [],
    ...(frequencies && { frequencies }),
  }
  const { rowCount } = table
  const wants = (part: EvidencePart): boolean => only === undefined || only === part
  const of = (use: ColumnUse): readonly Column[] =>
    table.columns.filter((_, at) => understood[at]?.use === use).sort((a, b) => (a.name < b.name ? -1 : 1))

  const joined = (use: ColumnUse): Column | undefined =>
    draft.derive(`all ${use}`, () => coalesceColumns(of(use), true))
  const first = (use: ColumnUse): Column | undefined => draft.derive(`first ${use}`, () => coalesceColumns(of(use)))
  const given = joined('given_name')
  const family = joined('family_name')
  const full = first('full_name')
  if (wants('names') && (given !== undefined || family !== undefined || full !== undefined)) {
    openNames(
      draft,
      draft.derive('given_name', () => deriveNames(given, family, full, rowCount, 'given')),
      draft.derive('family_name', () => deriveNames(family, given, full, rowCount, 'family')),
    )
  }
  const known = [given, family].filter((column) => column !== undefined)
  const middle = [...of('middle_name'), ...(known.length === 2 ? of('full_name') : [])]
  if (wants('middle') && middle.length > 0) openMiddleNames(draft, middle, known, rowCount)
  const born = first('birth_date')
  if (wants('birth') && born !== undefined) {
    openBirthDate(draft, born.name, born, rowCount, pivotYear)
  }
  const sex = first('sex')
  if (wants('sex') && sex !== undefined) openSex(draft, sex.name, sex, rowCount)
  const emails = of('email')
  if (wants('email') && emails.length > 0) openEmail(draft, 'email', emails, rowCount, areColumnsFixed)
  const phones = of('phone')
  if (wants('phone') && phones.length > 0) openPhone(draft, 'phone', phones, rowCount, areColumnsFixed)

  if (wants('address')) openPlaces(draft, { first, of }, rowCount)
  if (!wants('rest')) return draft
  const organisations = areColumnsFixed
    ? of('organisation')
    : draft.derive('organisations', () => alternatives(of('organisation')))
  const named = areColumnsFixed ? organisations.map((column) => [column]) : groupNames(organisations)
  for (const columns of named) openOrganisation(draft, columns, rowCount)
  for (const column of of('identifier')) openIdentifier(draft, column.name, column, rowCount)
  for (const column of of('place')) openText(draft, column.name, 'place', column, rowCount)
  for (const column of of('text')) openText(draft, column.name, 'text', column, rowCount)
  return draft
}

/** Adds the address where there is one, else what is known of the place. */
function openPlaces(
  draft: EvidenceDraft,
  { first, of }: { first: (use: ColumnUse) => Column | undefined; of: (use: ColumnUse) => readonly Column[] },
  rowCount: number,
): void {
  const street = first('street')
  const houseNumber = first('house_number')
  const city = first('city')
  const postcode = first('postcode')
  const region = first('region')
  const country = first('country')
  const lines = of('whole_address')
  if (street !== undefined || lines.length > 0 || (city !== undefined && postcode !== undefined)) {
    const columns: AddressColumns = {
      ...(street && { street }),
      ...(houseNumber && { houseNumber }),
      ...(city && { city }),
      ...(postcode && { postcode }),
      ...(region && { region }),
      ...(country && { country }),
      lines,
    }
    openAddress(draft, columns, rowCount)
  } else {
    if (postcode !== undefined) openPostcode(draft, postcode.name, postcode, rowCount)
    if (city !== undefined) openText(draft, city.name, 'place', city, rowCount)
    else if (region !== undefined) openText(draft, region.name, 'place', region, rowCount)
  }
}

function remember<T>(derived: Map<string, unknown>, name: string, compute: () => T): T {
  if (!derived.has(name)) derived.set(name, compute())
  return derived.get(name) as T
}

/** One column where rows fill one of them only, as it is when files name one thing differently. */
function alternatives(columns: readonly Column[]): readonly Column[] {
  const one = columns.length > 1 && areAlternatives(columns) ? coalesceColumns(columns) : undefined
  return one === undefined ? columns : [one]
}

/** Words that only say which of several names of one organisation it is. */
const WHICH_NAME =
  /(?:^|[^a-z])(?:primary|secondary|main|native|other|former|previous|trad(?:e|ing)|legal|alias|dba|[1-9])(?=$|[^a-z])/gi

/** Columns whose names differ in that only are several names of one organisation: compared best to best. */
function groupNames(columns: readonly Column[]): readonly (readonly Column[])[] {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const stem = column.name
      .replaceAll(WHICH_NAME, ' ')
      .toLowerCase()
      .replaceAll(/[^\p{L}]/gu, '')
    groups.set(stem, [...(groups.get(stem) ?? []), column])
  }
  return [...groups.values()]
}

function deriveNames(
  own: Column | undefined,
  other: Column | undefined,
  full: Column | undefined,
  rowCount: number,
  part: 'given' | 'family',
): Attribute {
  if (own !== undefined && full === undefined) return deriveAttribute([own], rowCount, ([cell = '']) => spellName(cell))
  if (full === undefined) return deriveAttribute([], rowCount, () => '')
  if (own === undefined && other === undefined)
    return deriveAttribute([full], rowCount, ([cell = '']) => spellName(parseFullName(cell)[part] ?? ''))
  // A row that names neither part has the whole name only; one that names one part has no other.
  const parts = [own, other].filter((column) => column !== undefined)
  return deriveAttribute([full, ...parts], rowCount, ([whole = '', ...cells]) => {
    if (cells.every((cell) => cell === '')) return spellName(parseFullName(whole)[part] ?? '')
    return own === undefined ? '' : spellName(cells[0] ?? '')
  })
}
