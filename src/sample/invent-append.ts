import { createRandom } from './create-random.ts'
import type { Random } from './create-random.ts'
import { encodeWindows1252 } from './encode-windows-1252.ts'
import { foldToAscii } from './fold-to-ascii.ts'
import { formatCsvRow } from './format-csv-row.ts'
import type { InventedPerson } from './invented-person.ts'
import type { AppendCounts, SampleFile, TruthRow } from './sample-file.ts'

const HEADER = [
  'Email',
  'FirstName',
  'LastName',
  'BirthYear',
  'Gender',
  'City',
  'Postcode',
  'Interest',
  'HouseholdIncome',
]

const INTERESTS = [
  'gardening',
  'cooking',
  'hiking',
  'reading',
  'home décor',
  'pâtisserie',
  'cycling; road',
  '',
] as const
const INCOMES = ['< 20 k€', '20–35 k€', '35–50 k€', '50–75 k€', '> 75 k€', ''] as const

/**
 * A data vendor's demographic append, keyed by e-mail: three rows for ten people, semicolons, windows-1252, CRLF.
 * Vendors guess: one birth year in twelve is off by one, a few cells are empty, a few e-mails are none.
 * The e-mail as the row spells it is the truth's key; it is the person's own or the household's, named for one of it.
 */
export function inventAppend(
  seed: number,
  people: readonly InventedPerson[],
): { file: SampleFile; truth: readonly TruthRow[]; counts: AppendCounts } {
  const random = createRandom(seed, 'append')
  const few = (perPeople: number): number => Math.max(2, Math.round(people.length / perPeople))
  const chosen = random.shuffle(people).slice(0, Math.round(people.length * 0.3))
  const rows: string[][] = []
  const truth: TruthRow[] = []
  const keys = new Set<string>()
  let invalidEmails = few(130)
  for (const person of chosen) {
    let email = pickEmail(random, person)
    if (keys.has(email.toLowerCase())) continue
    if (invalidEmails > 0 && random.chance(0.1)) {
      email = email.replace('@', random.pick([' at ', '@@', '']))
      invalidEmails -= 1
    }
    keys.add(email.toLowerCase())
    truth.push({ source: 'third-party-append', key: email, person: person.number })
    rows.push(describe(random, person, email))
  }
  const repeats = random.shuffle(rows).slice(0, few(200))
  const lines = [HEADER, ...rows, ...repeats].map((cells) => formatCsvRow(cells, ';'))
  return {
    file: { name: 'third-party-append.csv', content: encodeWindows1252(`${lines.join('\r\n')}\r\n`) },
    truth,
    counts: {
      rows: lines.length - 1,
      emails: rows.length,
      exactRepeats: repeats.length,
      invalidEmails: few(130) - invalidEmails,
    },
  }
}

function pickEmail(random: Random, person: InventedPerson): string {
  if (person.householdEmail !== undefined && random.chance(0.3)) return person.householdEmail
  const email = random.pick(person.emails)
  return random.chance(0.1) ? email.toUpperCase() : email
}

function describe(random: Random, person: InventedPerson, email: string): string[] {
  const { given, family, sex, birthDate, home } = person
  return [
    email,
    random.chance(0.95) ? given : '',
    random.chance(0.1) ? foldToAscii(family) : family,
    random.chance(0.08) ? String(birthDate.year + 1) : random.chance(0.9) ? String(birthDate.year) : '',
    random.chance(0.9) ? random.pick([sex.toUpperCase(), sex === 'f' ? 'Female' : 'Male']) : '',
    home.city,
    home.postcode,
    random.pick(INTERESTS),
    random.pick(INCOMES),
  ]
}
