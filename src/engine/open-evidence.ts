import type { DateOrder } from '../record/derive-region-habits.ts'
import { normalizeName } from '../record/normalize-name.ts'
import { parseFullName } from '../record/parse-full-name.ts'
import { deriveName, type ComparableName } from '../matching/derive-comparable.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { deriveAttribute, type Reading } from './attribute.ts'
import { areAlternatives, coalesceColumns } from './coalesce-columns.ts'
import type { Evidence, EvidenceDraft } from './evidence.ts'
import { openAddress, type AddressColumns } from './open-address.ts'
import { openEmail, openPhone } from './open-contacts.ts'
import { openMiddleNames } from './open-middle-names.ts'
import { openNames, type NameAttribute, type NameItem } from './open-names.ts'
import { GENERATIONS } from './name-generations.ts'
import { openPostcode } from './open-postcode.ts'
import { openBirthDate, openIdentifier, openOrganisation, openSex, openText } from './open-values.ts'
import type { Column, Table } from './table.ts'
import type { ColumnUse, UnderstoodColumn } from './understanding.ts'

interface EvidenceOptions {
  readonly pivotYear: number
  readonly frequencies?: EvidenceDraft['frequencies']
  /**
   * Columns are what they are called: whether several hold one thing under several names is not asked of the rows, so
   * that with frequencies given a pair's levels depend on its two rows alone.
   */
  readonly areColumnsFixed?: boolean
}

/**
 * Opens everything the understood columns can be compared by. Canonical order: names, birth date, sex, e-mail,
 * phone, address, organisation, identifiers, texts; within a kind by column name, so that the order of columns in a
 * file changes nothing.
 */
export function openEvidence(
  table: Table,
  understood: readonly UnderstoodColumn[],
  { pivotYear, frequencies, areColumnsFixed = false }: EvidenceOptions,
): Evidence {
  const draft: EvidenceDraft = { comparisons: [], atoms: [], rules: [], ...(frequencies && { frequencies }) }
  const { rowCount } = table
  const of = (use: ColumnUse): readonly Column[] =>
    table.columns.filter((_, at) => understood[at]?.use === use).sort((a, b) => (a.name < b.name ? -1 : 1))

  const joined = (use: ColumnUse): Column | undefined => coalesceColumns(of(use), true)
  const first = (use: ColumnUse): Column | undefined => coalesceColumns(of(use))
  const given = joined('given_name')
  const family = joined('family_name')
  const full = first('full_name')
  if (given !== undefined || family !== undefined || full !== undefined) {
    openNames(
      draft,
      deriveNames(given, family, full, rowCount, 'given'),
      deriveNames(family, given, full, rowCount, 'family'),
    )
  }
  const known = [given, family].filter((column) => column !== undefined)
  const middle = [...of('middle_name'), ...(known.length === 2 ? of('full_name') : [])]
  if (middle.length > 0) openMiddleNames(draft, middle, known, rowCount)
  const born = first('birth_date')
  if (born !== undefined) {
    openBirthDate(draft, born.name, born, rowCount, { order: guessOrder(born), pivotYear })
  }
  const sex = first('sex')
  if (sex !== undefined) openSex(draft, sex.name, sex, rowCount)
  const emails = of('email')
  if (emails.length > 0) openEmail(draft, 'email', emails, rowCount, areColumnsFixed)
  const phones = of('phone')
  if (phones.length > 0) openPhone(draft, 'phone', phones, rowCount, areColumnsFixed)

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
  const organisations = areColumnsFixed ? of('organisation') : alternatives(of('organisation'))
  for (const column of organisations) openOrganisation(draft, column.name, column, rowCount)
  for (const column of of('identifier')) openIdentifier(draft, column.name, column, rowCount)
  for (const column of of('place')) openText(draft, column.name, 'place', column, rowCount)
  for (const column of of('text')) openText(draft, column.name, 'text', column, rowCount)
  return draft
}

/** One column where rows fill one of them only, as it is when files name one thing differently. */
function alternatives(columns: readonly Column[]): readonly Column[] {
  const one = columns.length > 1 && areAlternatives(columns) ? coalesceColumns(columns) : undefined
  return one === undefined ? columns : [one]
}

const NOBODY: ComparableName = { tokens: [], text: '', joined: '', first: '', sounds: [], isLatin: true }

function deriveNames(
  own: Column | undefined,
  other: Column | undefined,
  full: Column | undefined,
  rowCount: number,
  part: 'given' | 'family',
): NameAttribute {
  const read = (cell: string): Reading<NameItem> | undefined => {
    if (cell === '' || isPlaceholder('name', cell)) return undefined
    const tokens = normalizeName(cell) ?? []
    const generation = tokens.length > 1 ? GENERATIONS.get(tokens.at(-1)!) : undefined
    const name = deriveName(generation === undefined ? tokens : tokens.slice(0, -1))
    if (name === undefined) return undefined
    return {
      key: generation === undefined ? name.text : `${name.text} #${generation}`,
      item: { ...name, generation: generation ?? 0 },
    }
  }
  const nobody: NameItem = { ...NOBODY, generation: 0 }
  if (own !== undefined && full === undefined)
    return deriveAttribute([own], rowCount, nobody, ([cell = '']) => read(cell))
  if (full === undefined) return deriveAttribute([], rowCount, nobody, () => undefined)
  if (own === undefined && other === undefined) {
    return deriveAttribute([full], rowCount, nobody, ([cell = '']) => read(parseFullName(cell)[part] ?? ''))
  }
  // A row that names neither part has the whole name only; one that names one part has no other.
  const parts = [own, other].filter((column) => column !== undefined)
  return deriveAttribute([full, ...parts], rowCount, nobody, ([whole = '', ...cells]) => {
    if (cells.every((cell) => cell === '')) return read(parseFullName(whole)[part] ?? '')
    return own === undefined ? undefined : read(cells[0] ?? '')
  })
}

/** Day or month first, by which of the two passes twelve more often; year first where four digits lead. */
function guessOrder({ values }: Column): DateOrder {
  let dayFirst = 0
  let monthFirst = 0
  let yearFirst = 0
  for (const value of values) {
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
