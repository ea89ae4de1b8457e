import type { DateOrder } from '../record/derive-region-habits.ts'
import { normalizeName } from '../record/normalize-name.ts'
import { parseFullName } from '../record/parse-full-name.ts'
import { deriveName, type ComparableName } from '../matching/derive-comparable.ts'
import { isPlaceholder } from '../quality/is-placeholder.ts'
import { deriveAttribute, type Reading } from './attribute.ts'
import type { Evidence, EvidenceDraft } from './evidence.ts'
import { openAddress, type AddressColumns } from './open-address.ts'
import { openEmail, openPhone } from './open-contacts.ts'
import { openMiddleNames } from './open-middle-names.ts'
import { openNames } from './open-names.ts'
import { openPostcode } from './open-postcode.ts'
import { openBirthDate, openIdentifier, openOrganisation, openSex, openText } from './open-values.ts'
import type { Column, Table } from './table.ts'
import type { ColumnUse, UnderstoodColumn } from './understanding.ts'

/**
 * Opens everything the understood columns can be compared by. Canonical order: names, birth date, sex, e-mail,
 * phone, address, organisation, identifiers, texts; within a kind by column name, so that the order of columns in a
 * file changes nothing.
 */
export function openEvidence(
  table: Table,
  understood: readonly UnderstoodColumn[],
  { pivotYear }: { readonly pivotYear: number },
): Evidence {
  const draft: EvidenceDraft = { comparisons: [], atoms: [], rules: [] }
  const { rowCount } = table
  const of = (use: ColumnUse): readonly Column[] =>
    table.columns.filter((_, at) => understood[at]?.use === use).sort((a, b) => (a.name < b.name ? -1 : 1))

  const [givenColumn] = of('given_name')
  const [familyColumn] = of('family_name')
  const [full] = of('full_name')
  if (givenColumn !== undefined || familyColumn !== undefined || full !== undefined) {
    openNames(
      draft,
      deriveName2(givenColumn, full, rowCount, 'given'),
      deriveName2(familyColumn, full, rowCount, 'family'),
    )
  }
  const middle = [
    ...of('middle_name'),
    ...(givenColumn !== undefined && familyColumn !== undefined ? of('full_name') : []),
  ]
  if (middle.length > 0) {
    const known = [givenColumn, familyColumn].filter((column) => column !== undefined)
    openMiddleNames(draft, middle, known, rowCount)
  }
  for (const column of of('birth_date')) {
    openBirthDate(draft, column.name, column, rowCount, { order: guessOrder(column), pivotYear })
  }
  for (const column of of('sex').slice(0, 1)) openSex(draft, column.name, column, rowCount)
  for (const column of of('email')) openEmail(draft, column.name, column, rowCount)
  for (const column of of('phone')) openPhone(draft, column.name, column, rowCount)

  const [street] = of('street')
  const [houseNumber] = of('house_number')
  const [city] = of('city')
  const [postcode] = of('postcode')
  const [region] = of('region')
  const [country] = of('country')
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
  for (const column of of('organisation')) openOrganisation(draft, column.name, column, rowCount)
  for (const column of of('identifier')) openIdentifier(draft, column.name, column, rowCount)
  for (const column of of('place')) openText(draft, column.name, 'place', column, rowCount)
  for (const column of of('text')) openText(draft, column.name, 'text', column, rowCount)
  return draft
}

function deriveName2(
  own: Column | undefined,
  full: Column | undefined,
  rowCount: number,
  part: 'given' | 'family',
): ReturnType<typeof deriveAttribute<ComparableName>> {
  const nobody = { tokens: [], text: '', joined: '', first: '', sounds: [], isLatin: true }
  const read = (cell: string): Reading<ComparableName> | undefined => {
    if (cell === '' || isPlaceholder('name', cell)) return undefined
    const name = deriveName(normalizeName(cell) ?? [])
    return name === undefined ? undefined : { key: name.text, item: name }
  }
  if (own !== undefined) return deriveAttribute([own], rowCount, nobody, ([cell = '']) => read(cell))
  if (full === undefined) return deriveAttribute([], rowCount, nobody, () => undefined)
  return deriveAttribute([full], rowCount, nobody, ([cell = '']) => read(parseFullName(cell)[part] ?? ''))
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
