import { deriveComparable } from '../matching/derive-comparable.ts'
import type { NormalizedRecord, PartialDate } from '../record/normalized-record.ts'
import { openTableBuilder } from './open-table-builder.ts'
import type { Table } from './table.ts'
import type { ColumnUse, UnderstoodColumn } from './understanding.ts'

export interface RecordTableBuilder {
  /** Adds a record as the next row; false, and no row, when it says nothing that can be compared. */
  readonly add: (record: NormalizedRecord) => boolean
  readonly finish: () => Table
}

/** Mailboxes and numbers of a record that are looked at, the first by spelling: people have two or three. */
const CONTACTS = [1, 2, 3, 4] as const

const USES: readonly (readonly [name: string, use: ColumnUse])[] = [
  ['given_name', 'given_name'],
  ['family_name', 'family_name'],
  ['birth_date', 'birth_date'],
  ['sex', 'sex'],
  ...CONTACTS.map((place) => [`email_${place}`, 'email'] as const),
  ...CONTACTS.map((place) => [`phone_${place}`, 'phone'] as const),
  ['street', 'street'],
  ['house_number', 'house_number'],
  ['city', 'city'],
  ['postcode', 'postcode'],
  ['region', 'region'],
  ['country', 'country'],
  // Where people work, and what organisations are called that are parties themselves: two questions.
  ['organisation', 'organisation'],
  ['party_name', 'organisation'],
  ['national_id', 'identifier'],
  ['passport_id', 'identifier'],
  ['licence_id', 'identifier'],
]

/** What the columns of a table of records mean: always the same ones, whatever the records say. */
export const RECORD_COLUMNS: readonly UnderstoodColumn[] = USES.map(([name, use]) => ({
  name,
  use,
  confidence: 1,
  because: 'Records of the ledger have it.',
}))

/**
 * Collects normalized records into a table that the engine compares, one column a thing. Numbers of customers, logins
 * and devices are left out: people have several, so they link or say nothing.
 */
export function openRecordTable(): RecordTableBuilder {
  const builder = openTableBuilder()
  builder.addFile(
    'records',
    USES.map(([name]) => name),
  )
  return {
    add: (record) => {
      const cells = spell(record)
      const isTelling = cells.some((cell) => cell !== null)
      if (isTelling) builder.addRow(cells)
      return isTelling
    },
    finish: builder.finish,
  }
}

/** What records say, by the name of each column of theirs. */
export function spellRecord(record: NormalizedRecord): Readonly<Record<string, string | null>> {
  const cells = spell(record)
  return Object.fromEntries(USES.map(([name], at) => [name, cells[at] ?? null]))
}

function spell(record: NormalizedRecord): readonly (string | null)[] {
  const { address = {}, emails, phones, identifiers } = record
  const { isOrganisation } = deriveComparable(record)
  const named = record.organisation ?? null
  const numberOf = (kind: string): string | null => identifiers.find((known) => known.kind === kind)?.value ?? null
  return [
    record.given?.join(' ') ?? null,
    record.family?.join(' ') ?? null,
    record.birthDate === undefined ? null : spellDate(record.birthDate),
    record.sex ?? null,
    ...CONTACTS.map((place) => emails[place - 1] ?? null),
    ...CONTACTS.map((place) => phones[place - 1] ?? null),
    address.street ?? null,
    address.houseNumber ?? null,
    address.city ?? null,
    address.postcode ?? null,
    address.region ?? null,
    address.country ?? null,
    isOrganisation ? null : named,
    isOrganisation ? named : null,
    numberOf('national_id'),
    numberOf('passport_id'),
    numberOf('licence_id'),
  ]
}

/** As ISO 8601, as far as it is known: the year leads, so no order needs guessing. */
function spellDate({ year, month, day }: PartialDate): string {
  const known = [String(year).padStart(4, '0')]
  if (month !== undefined) known.push(String(month).padStart(2, '0'))
  if (month !== undefined && day !== undefined) known.push(String(day).padStart(2, '0'))
  return known.join('-')
}
