import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import type { ModelChoice } from '../../src/store/model/find-applied-model.ts'
import { trainOnLedger } from '../../src/pipeline/model/train-on-ledger.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { measurePairs, type PairMeasure } from '../support/measure-pairs.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { expectVerified } from './expect-verified.ts'
import { findGoldenData } from './find-golden-data.ts'
import { ingestSource, withSettings } from './ingest-source.ts'
import { readCsv } from './read-csv.ts'

const folder = findGoldenData('resolution')

/** The columns of the three files, as a steward would map them; each file has some of them. */
const SENZING_COLUMNS = {
  RECORD_ID: 'record_key',
  PRIMARY_NAME_FULL: 'full_name',
  NATIVE_NAME_FULL: 'full_name',
  PRIMARY_NAME_FIRST: 'given_name',
  PRIMARY_NAME_MIDDLE: 'middle_name',
  PRIMARY_NAME_LAST: 'family_name',
  PRIMARY_NAME_ORG: 'organisation',
  EMPLOYER: 'organisation',
  GENDER: 'sex',
  DATE_OF_BIRTH: 'birth_date',
  PASSPORT_NUMBER: 'passport_id',
  DRIVERS_LICENSE_NUMBER: 'licence_id',
  SSN_NUMBER: 'national_id',
  NATIONAL_ID_NUMBER: 'national_id',
  TAX_ID_NUMBER: 'national_id',
  EMAIL_ADDRESS: 'email',
  PHONE_NUMBER: 'phone',
  ADDR_FULL: 'address',
  ADDR_LINE1: 'street',
  ADDR_CITY: 'city',
  ADDR_STATE: 'region',
  ADDR_POSTAL_CODE: 'postcode',
  ADDR_COUNTRY: 'country',
} as const

const SENZING_SOURCE: NonNullable<DeclaredSettings['sources']>[string] = {
  kind: 'people',
  region: 'US',
  date_order: 'mdy',
  columns: SENZING_COLUMNS,
  // Companies that give no number or mailbox are parties all the same.
  rules: [{ code: 'record.empty', severity: 'info' }],
}

const SENZING: DeclaredSettings = {
  region: 'US',
  sources: { customers: SENZING_SOURCE, reference: SENZING_SOURCE, watchlist: SENZING_SOURCE },
}

const FEBRL: DeclaredSettings = {
  region: 'AU',
  sources: {
    febrl: {
      kind: 'people',
      date_order: 'ymd',
      columns: {
        rec_id: 'record_key',
        given_name: 'given_name',
        surname: 'family_name',
        date_of_birth: 'birth_date',
        street_number: 'house_number',
        address_1: 'street',
        suburb: 'city',
        postcode: 'postcode',
        state: 'region',
      },
    },
  },
}

const FAKE: DeclaredSettings = {
  region: 'GB',
  sources: {
    fake: {
      kind: 'people',
      date_order: 'ymd',
      columns: {
        unique_id: 'record_key',
        first_name: 'given_name',
        surname: 'family_name',
        dob: 'birth_date',
        city: 'city',
        email: 'email',
      },
    },
  },
}

/** The profile of every row, by source and its key column. */
async function loadProfiles(
  context: Context,
  files: Readonly<Record<string, string>>,
  key: string,
): Promise<Map<string, string>> {
  const rows = await context.store.sql<{ source: string; row_no: number; profile_id: string }[]>`
    SELECT source, row_no, profile_id FROM onefold.raw_records
    JOIN onefold.deliveries USING (delivery_id) JOIN onefold.profile_members USING (record_id)`
  const keys = new Map(
    Object.entries(files).map(([source, file]) => [source, readCsv(file).map((row) => row[key] ?? '')]),
  )
  return new Map(rows.map((row) => [`${row.source} ${keys.get(row.source)?.[row.row_no]}`, row.profile_id]))
}

interface Measured {
  readonly shipped: PairMeasure
  readonly trained: PairMeasure
}

/**
 * Takes the files in, walks the path, and says how well profiles agree with the truth: by the shipped model, then by
 * one learned from the ledger without the truth.
 */
async function measure(
  name: string,
  settings: DeclaredSettings,
  files: Readonly<Record<string, string>>,
  key: string,
  truth: ReadonlyMap<string, string>,
): Promise<Measured> {
  const database = await openMigratedDatabase(name)
  try {
    const context = withSettings(database.context, settings)
    for (const [source, file] of Object.entries(files)) await ingestSource(context, source, file)
    const walk = async (by: string, model: ModelChoice): Promise<PairMeasure> => {
      expect((await workOffRun(context, await openPath(context, { model }))).state).toBe('done')
      await expectVerified(context)
      const measured = measurePairs(truth, await loadProfiles(context, files, key))
      lines.push({ set: `${name}, ${by}`, ...measured })
      return measured
    }
    const shipped = await walk('shipped', 'shipped')
    const { version } = await trainOnLedger(context)
    const trained = await walk('trained', version)
    expect((await verifyRebuild(context)).filter(({ broken }) => broken > 0)).toEqual([])
    return { shipped, trained }
  } finally {
    await database.drop()
  }
}

const lines: ({ readonly set: string } & PairMeasure)[] = []

describe.skipIf(folder === undefined)('public truth sets through ingest and run', () => {
  const place = (...path: readonly string[]): string => join(folder ?? '', ...path)
  afterAll(() => {
    const share = (value: number): string => value.toFixed(4)
    console.info(
      ['set                records  pairs  precision  recall      F1']
        .concat(
          lines.map(
            ({ set, records, truePairs, precision, recall, f1 }) =>
              `${set.padEnd(18)} ${String(records).padStart(7)} ${String(truePairs).padStart(6)}     ${share(precision)}  ${share(recall)}  ${share(f1)}`,
          ),
        )
        .join('\n'),
    )
  })

  test('the Senzing truth set, companies included, resolves with pairwise F1 of at least 0.90', async () => {
    const senzing = (file: string): string => place('senzing_truthset', file)
    const truth = readCsv(senzing('actual_truthset_key.csv')).map(
      (row) => [`${row['DATA_SOURCE']?.toLowerCase()} ${row['RECORD_ID']}`, row['CLUSTER_ID'] ?? ''] as const,
    )
    const files = {
      customers: senzing('customers.csv'),
      reference: senzing('reference.csv'),
      watchlist: senzing('watchlist.csv'),
    }
    const { shipped, trained } = await measure('senzing', SENZING, files, 'RECORD_ID', new Map(truth))
    const { records, truePairs } = shipped
    expect({ records, truePairs }).toEqual({ records: 159, truePairs: 108 })
    expect(Math.min(shipped.f1, trained.f1)).toBeGreaterThanOrEqual(0.9)
  })

  test('on febrl3 and fake_1000 a learned model finds more, and nobody is merged wrongly', async () => {
    const febrl = place('febrl', 'dataset3.csv')
    const people = readCsv(febrl).map((row) => [`febrl ${row['rec_id']}`, row['rec_id']?.split('-')[1] ?? ''] as const)
    const first = await measure('febrl3', FEBRL, { febrl }, 'rec_id', new Map(people))
    const fake = place('splink_datasets', 'fake_1000.csv')
    const rows = readCsv(fake).map((row) => [`fake ${row['unique_id']}`, row['cluster'] ?? ''] as const)
    const second = await measure('fake_1000', FAKE, { fake }, 'unique_id', new Map(rows))
    for (const { shipped, trained } of [first, second]) {
      expect(Math.min(shipped.precision, trained.precision)).toBeGreaterThanOrEqual(0.99)
      expect(trained.f1).toBeGreaterThan(shipped.f1 + 0.1)
    }
  })
})
