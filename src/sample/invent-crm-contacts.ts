import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import { CRM_COLUMNS } from './crm-contact.ts'
import type { CrmContact } from './crm-contact.ts'
import { formatCsvRow } from './format-csv-row.ts'
import type { InventedPerson } from './invented-person.ts'
import type { CrmCounts, SampleFile, TruthRow } from './sample-file.ts'
import { spellCrmContact } from './spell-crm-contact.ts'

const DAY_MS = 86_400_000

/** Values that forms and clerks put where they know nothing; they must never link two people. */
const PLACEHOLDER_EMAILS = ['test@test.com', 'none@none.com', 'noemail@example.com', 'null', 'n/a'] as const
const PLACEHOLDER_PHONES = ['000000', '0000000000', '1111111111', '123456789', 'null', '-'] as const

/** No date, a day that never was, the default of some database, a day to come. */
const BAD_DATES = ['31/02/1984', '1985-13-40', '0000-00-00', 'unknown', '1890-01-01', '2091-05-17'] as const

interface Row {
  readonly contact: CrmContact
  readonly person: number
}

/**
 * The CRM's contact export in HubSpot's columns: UTF-8 with BOM, CRLF, about 1.25 rows a person.
 * Buyers are sometimes missing, everybody else is there; a quarter is there twice. Some contacts come a second time
 * under their Record ID with a later Last Modified Date, a few rows are exact repeats, ragged, or about nobody.
 * Rows are shuffled: a newer version may come first. A junk contact has a truth number of its own above the people.
 */
export function inventCrmContacts(
  seed: number,
  people: readonly InventedPerson[],
  buyers: ReadonlySet<number>,
  asOf: Date,
): { file: SampleFile; truth: readonly TruthRow[]; counts: CrmCounts } {
  const random = createRandom(seed, 'crm')
  const present = people.filter((person) => !buyers.has(person.number) || random.chance(0.65))
  let recordId = 20_000
  const enter = (person: InventedPerson, entry: 'first' | 'again'): Row => {
    recordId += random.integer(1, 9)
    const times = pickTimes(random, asOf)
    return {
      person: person.number,
      contact: { 'Record ID': String(recordId), ...spellCrmContact(random, person, entry), ...times },
    }
  }
  const firsts = present.map((person) => enter(person, 'first'))
  const again = present.filter(() => random.chance(0.24)).map((person) => enter(person, 'again'))
  const third = present.filter(() => random.chance(0.03)).map((person) => enter(person, 'again'))
  const few = (perPeople: number): number => Math.max(2, Math.round(people.length / perPeople))

  const shuffled = random.shuffle([...firsts, ...again, ...third])
  const placeholders = few(32)
  const badDates = few(80)
  const quotedNewlines = few(80)
  const real = shuffled.map((row, rank): Row => {
    if (rank < placeholders) return { ...row, contact: { ...row.contact, ...placeholder(random) } }
    if (rank < placeholders + badDates)
      return { ...row, contact: { ...row.contact, 'Date of birth': random.pick(BAD_DATES) } }
    if (rank >= placeholders + badDates + quotedNewlines) return row
    const street = row.contact['Street Address'] || 'Hill House'
    return { ...row, contact: { ...row.contact, 'Street Address': `Flat ${random.integer(1, 20)}\n${street}` } }
  })
  const junk = Array.from({ length: few(64) }, (_, rank): Row => {
    recordId += 1
    return { person: people.length + 1 + rank, contact: junkContact(random, String(recordId), asOf) }
  })
  const intact = real.slice(placeholders + badDates + quotedNewlines)
  const updates = intact
    .slice(-few(8))
    .map(({ contact, person }) => ({ person, contact: updateContact(random, contact, asOf) }))
  const repeats = intact.slice(0, few(100))
  const rows = random
    .shuffle([...real, ...junk, ...updates, ...repeats])
    .map(({ contact }) => CRM_COLUMNS.map((column) => contact[column]))
  // A ragged row says again what an intact one says, with a cell lost or an unquoted comma in the street.
  const ragged = rows
    .slice(0, few(130))
    .map((cells, rank) => (rank % 2 === 0 ? cells.slice(0, 9) : cells.toSpliced(5, 0, 'Annex')))
  const lines = [CRM_COLUMNS, ...spread(random, rows, ragged)].map((cells) => formatCsvRow(cells, ','))

  const counts: CrmCounts = {
    rows: lines.length - 1,
    contacts: real.length + junk.length,
    people: present.length,
    duplicates: again.length + third.length,
    updates: updates.length,
    exactRepeats: repeats.length,
    ragged: ragged.length,
    junk: junk.length,
    placeholders,
    badDates,
    quotedNewlines,
  }
  const truth = [...real, ...junk].map(({ contact, person }) => ({
    source: 'crm-contacts',
    key: contact['Record ID'],
    person,
  }))
  return { file: { name: 'crm-contacts.csv', content: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`) }, truth, counts }
}

/** Puts the extra rows at random places, never first. */
function spread(random: Random, rows: readonly string[][], extra: readonly string[][]): string[][] {
  const spreadRows = [...rows]
  for (const row of extra) spreadRows.splice(random.integer(1, spreadRows.length), 0, row)
  return spreadRows
}

function placeholder(random: Random): Partial<CrmContact> {
  switch (random.integer(0, 3)) {
    case 0:
      return { Email: random.pick(PLACEHOLDER_EMAILS) }
    case 1:
      return { 'Phone Number': random.pick(PLACEHOLDER_PHONES) }
    case 2:
      return { Email: random.pick(PLACEHOLDER_EMAILS), 'Phone Number': random.pick(PLACEHOLDER_PHONES) }
    default:
      return { 'Phone Number': random.pick(PLACEHOLDER_PHONES), 'Company Name': 'N/A' }
  }
}

function junkContact(random: Random, recordId: string, asOf: Date): CrmContact {
  const [first, last] = random.pick([
    ['test', 'test'],
    ['Test', 'User'],
    ['asdf', 'asdf'],
    ['', ''],
    ['null', 'null'],
    ['Unknown', ''],
  ] as const)
  return {
    'Record ID': recordId,
    'First Name': first,
    'Last Name': last,
    Email: random.pick(PLACEHOLDER_EMAILS),
    'Phone Number': random.pick(PLACEHOLDER_PHONES),
    'Street Address': '',
    City: random.pick(['', 'xxx', 'n/a']),
    'Postal Code': random.pick(['', '00000', '99999']),
    'Country/Region': '',
    'Date of birth': random.pick(['', '1900-01-01', '1970-01-01']),
    'Job Title': '',
    'Company Name': random.pick(['', 'Test', 'none']),
    ...pickTimes(random, asOf),
  }
}

/** The contact after somebody worked on it: a new job, and sometimes a value filled in or cleared. */
function updateContact(random: Random, contact: CrmContact, asOf: Date): CrmContact {
  const modifiedMs = Date.parse(`${contact['Last Modified Date'].replace(' ', 'T')}Z`)
  const laterMs = modifiedMs + 60_000 + Math.floor(random.fraction() * (asOf.getTime() - modifiedMs - 60_000))
  return {
    ...contact,
    'Job Title': random.pick(['Director', 'Team Lead', 'Retired', 'Freelancer']),
    'Company Name': random.chance(0.5) ? '' : contact['Company Name'],
    'Last Modified Date': crmTime(laterMs),
  }
}

function pickTimes(random: Random, asOf: Date): Pick<CrmContact, 'Create Date' | 'Last Modified Date'> {
  const createdDays = 3 + random.fraction() * 1400
  const modifiedDays = 2 + random.fraction() * (createdDays - 2)
  return {
    'Create Date': crmTime(asOf.getTime() - createdDays * DAY_MS),
    'Last Modified Date': crmTime(asOf.getTime() - modifiedDays * DAY_MS),
  }
}

/** To the minute and without a zone, as HubSpot writes it. */
function crmTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
}
