import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { openRecordScorer } from '../../src/engine/open-record-scorer.ts'
import { openRecordTable } from '../../src/engine/open-record-table.ts'
import { trainOnRecords } from '../../src/engine/train-on-records.ts'
import { DEFAULT_COHESION } from '../../src/identity/index-graph.ts'
import { DEFAULT_BLOCKING_RULES } from '../../src/matching/blocking-rules.ts'
import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../src/matching/identifier-policy.ts'
import { resolveInMemory } from '../../src/matching/resolve-in-memory.ts'
import type { ResolutionSettings } from '../../src/matching/resolve-in-memory.ts'
import type { Scorer } from '../../src/matching/scorer.ts'
import { normalizeAddress } from '../../src/record/normalize-address.ts'
import { normalizeBirthDate } from '../../src/record/normalize-birth-date.ts'
import { normalizeEmail } from '../../src/record/normalize-email.ts'
import { normalizeIdentifier } from '../../src/record/normalize-identifier.ts'
import { normalizeName } from '../../src/record/normalize-name.ts'
import { normalizeOrganisation } from '../../src/record/normalize-organisation.ts'
import { normalizePhone } from '../../src/record/normalize-phone.ts'
import { normalizeSex } from '../../src/record/normalize-sex.ts'
import type { Identifier, NormalizedRecord } from '../../src/record/normalized-record.ts'
import { parseFullName } from '../../src/record/parse-full-name.ts'
import { measurePairs, type PairMeasure } from '../support/measure-pairs.ts'

const folder = join(process.env['ONEFOLD_DATA'] ?? '../shared/data', 'resolution')
const present = existsSync(join(folder, 'senzing_truthset'))
if (!present) console.log(`The public truth sets are not at ${folder} (set ONEFOLD_DATA): these tests are skipped.`)

type Row = Readonly<Record<string, string>>
const read = (path: string): Row[] => parse(readFileSync(join(folder, path)), { columns: true, trim: true, bom: true })

const settings: ResolutionSettings = {
  model: DEFAULT_MODEL,
  policies: DEFAULT_IDENTIFIER_POLICIES,
  rules: DEFAULT_BLOCKING_RULES,
  blocked: new Set(),
  maxBlock: 500,
  maxGroup: 40,
  cohesion: DEFAULT_COHESION,
  decisions: [],
}

/** One row of any of the sets, by the columns that set has. */
function normalize(row: {
  given?: string
  family?: string
  full?: string
  born?: string
  order?: 'mdy' | 'dmy' | 'ymd'
  sex?: string
  email?: string
  phone?: string
  organisation?: string
  address?: Parameters<typeof normalizeAddress>[0]
  line?: string
  identifiers?: readonly Identifier[]
}): NormalizedRecord {
  const full = row.full ? parseFullName(row.full) : {}
  const given = normalizeName(row.given || (full.given ?? ''))
  const family = normalizeName(row.family || (full.family ?? ''))
  const birthDate = row.born
    ? normalizeBirthDate(row.born, { order: row.order ?? 'ymd', declared: true, asOf: new Date('2025-01-01') })?.value
    : undefined
  const sex = row.sex ? normalizeSex(row.sex)?.value : undefined
  const email = row.email ? normalizeEmail(row.email)?.value : undefined
  const phone = row.phone ? normalizePhone(row.phone, 'US')?.value : undefined
  const organisation = row.organisation ? normalizeOrganisation(row.organisation) : undefined
  const address = normalizeAddress(row.address ?? {}, row.line || undefined).value
  return {
    ...(given && { given }),
    ...(family && { family }),
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
    ...(organisation && { organisation }),
    ...(address && { address }),
    emails: email ? [email] : [],
    phones: phone ? [phone] : [],
    identifiers: row.identifiers ?? [],
    display: {},
  }
}

/** Keeps only what a source filled in. */
function filled<K extends string>(parts: Readonly<Record<K, string | undefined>>): { readonly [P in K]?: string } {
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text)) as { [P in K]?: string }
}

/** The numbers that a state gave out, of which four-digit endings identify nobody. */
function papersOf(row: Row): Identifier[] {
  const papers = [
    ['passport_id', row['PASSPORT_NUMBER']],
    ['licence_id', row['DRIVERS_LICENSE_NUMBER']],
    ['national_id', row['SSN_NUMBER'] || row['NATIONAL_ID_NUMBER'] || row['TAX_ID_NUMBER']],
  ] as const
  return papers.flatMap(([kind, text]) => {
    const value = normalizeIdentifier(kind, text ?? '')?.value
    return value === undefined ? [] : [{ kind, value }]
  })
}

interface Truth {
  readonly id: string
  readonly person: string
  readonly record: NormalizedRecord
}

/** A model learned from the rows, without their truth. */
function learn(rows: readonly Truth[]): Scorer {
  const table = openRecordTable()
  for (const { record } of rows) table.add(record)
  const { model } = trainOnRecords(table.finish())
  return openRecordScorer(
    rows.map(({ record }) => record),
    model,
    'trained',
  )
}

function measure(
  name: string,
  rows: readonly Truth[],
  scorer?: Scorer,
  isCounted = (_id: string): boolean => true,
): PairMeasure {
  const start = performance.now()
  const { clusters, judgements, refused } = resolveInMemory(
    rows.map(({ id, record }, seq) => ({ id, seq, record })),
    { ...settings, ...(scorer && { scorer }) },
  )
  const seconds = (performance.now() - start) / 1000
  const personOf = new Map(rows.flatMap(({ id, person }) => (isCounted(id) ? [[id, person] as const] : [])))
  const groupOf = new Map(clusters.flatMap((members, group) => members.map((id) => [id, String(group)] as const)))
  const measured = measurePairs(personOf, groupOf)
  const candidates = judgements.filter(({ a, b }) => personOf.has(a) && personOf.get(a) === personOf.get(b)).length
  const { records, truePairs, precision, recall, f1 } = measured
  console.log(
    `${name}: P ${precision.toFixed(4)} R ${recall.toFixed(4)} F1 ${f1.toFixed(4)}; ${records} records, ` +
      `${truePairs} true pairs, ${candidates} of them judged among ${judgements.length}, ${refused.length} for review, ` +
      `${seconds.toFixed(2)} s`,
  )
  return measured
}

describe.skipIf(!present)('public truth sets with the default model', () => {
  test('the Senzing truth set resolves with pairwise F1 of at least 0.90, its people alone as well', () => {
    const person = new Map(
      read('senzing_truthset/actual_truthset_key.csv').map((row) => [
        `${row['DATA_SOURCE']}-${row['RECORD_ID']}`,
        row['CLUSTER_ID']!,
      ]),
    )
    const rows = ['customers', 'reference', 'watchlist'].flatMap((name) => read(`senzing_truthset/${name}.csv`))
    const truth = rows.map((row): Truth => {
      const id = `${row['DATA_SOURCE']}-${row['RECORD_ID']}`
      const isPerson = row['RECORD_TYPE'] === 'PERSON'
      // The set writes whole addresses into the first line, too.
      const isWhole = !row['ADDR_CITY'] && !row['ADDR_POSTAL_CODE']
      const record = normalize({
        given: `${row['PRIMARY_NAME_FIRST'] ?? ''} ${row['PRIMARY_NAME_MIDDLE'] ?? ''}`.trim(),
        family: row['PRIMARY_NAME_LAST'] ?? '',
        full: isPerson ? row['PRIMARY_NAME_FULL'] || row['NATIVE_NAME_FULL'] || '' : '',
        born: row['DATE_OF_BIRTH'] ?? '',
        order: 'mdy',
        sex: row['GENDER'] ?? '',
        email: row['EMAIL_ADDRESS'] ?? '',
        phone: row['PHONE_NUMBER'] ?? '',
        organisation: isPerson ? (row['EMPLOYER'] ?? '') : (row['PRIMARY_NAME_ORG'] ?? ''),
        address: filled({
          street: isWhole ? '' : row['ADDR_LINE1'],
          city: row['ADDR_CITY'],
          region: row['ADDR_STATE'],
          postcode: row['ADDR_POSTAL_CODE'],
          country: row['ADDR_COUNTRY'],
        }),
        line: row['ADDR_FULL'] || (isWhole ? (row['ADDR_LINE1'] ?? '') : ''),
        identifiers: papersOf(row),
      })
      return { id, person: person.get(id)!, record }
    })
    const { f1: whole } = measure('senzing, companies included', truth)
    const people = new Set(
      rows.filter((row) => row['RECORD_TYPE'] === 'PERSON').map((row) => `${row['DATA_SOURCE']}-${row['RECORD_ID']}`),
    )
    // Everything is resolved together; for this figure companies are not counted.
    const { f1 } = measure('senzing, people', truth, undefined, (id) => people.has(id))
    expect(Math.min(whole, f1)).toBeGreaterThanOrEqual(0.9)
    // 159 records teach little, so the shipped beliefs weigh most.
    expect(measure('senzing, trained', truth, learn(truth)).f1).toBeGreaterThanOrEqual(0.9)
  })

  test('on febrl3 and fake_1000 a model learned without truth finds more, and nobody is merged wrongly', () => {
    const febrl = read('febrl/dataset3.csv').map((row): Truth => {
      const born = row['date_of_birth'] ?? ''
      return {
        id: row['rec_id']!,
        person: row['rec_id']!.split('-')[1]!,
        record: normalize({
          given: row['given_name'] ?? '',
          family: row['surname'] ?? '',
          born: born.length === 8 ? `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}` : born,
          address: filled({
            street: row['address_1'],
            houseNumber: row['street_number'],
            city: row['suburb'],
            postcode: row['postcode'],
            region: row['state'],
          }),
        }),
      }
    })
    const shipped = measure('febrl3', febrl)
    const trained = measure('febrl3, trained', febrl, learn(febrl))
    expect(trained.f1).toBeGreaterThan(shipped.f1)
    expect(trained.precision).toBeGreaterThanOrEqual(0.99)
    const fake = read('splink_datasets/fake_1000.csv').map((row): Truth => {
      return {
        id: row['unique_id']!,
        person: row['cluster']!,
        record: normalize({
          given: row['first_name'] ?? '',
          family: row['surname'] ?? '',
          born: row['dob'] ?? '',
          email: row['email'] ?? '',
          address: filled({ city: row['city'] }),
        }),
      }
    })
    const shippedFake = measure('fake_1000', fake)
    const trainedFake = measure('fake_1000, trained', fake, learn(fake))
    expect(trainedFake.f1).toBeGreaterThan(shippedFake.f1)
    expect(trainedFake.precision).toBeGreaterThanOrEqual(0.99)
  })
})
