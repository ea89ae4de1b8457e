import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { hashIdentifier } from '../../src/pipeline/resolve/hash-identifier.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { expectVerified } from './expect-verified.ts'
import { findGoldenData } from './find-golden-data.ts'
import { ingestSource, withSettings } from './ingest-source.ts'
import { readCsv } from './read-csv.ts'

const folder = findGoldenData('behaviour')

const SETTINGS: DeclaredSettings = {
  region: 'US',
  rfm: { method: 'quantile' },
  sources: {
    shop: {
      kind: 'orders',
      repeats: 'keep',
      date_order: 'ymd',
      columns: {
        customer_id: 'customer_id',
        order_date: 'occurred_at',
        revenue: 'amount',
        first_name: 'given_name',
        last_name: 'family_name',
        email: 'email',
      },
    },
  },
}

describe.skipIf(folder === undefined)('4,906 orders of 995 customers, the example of the rfm package of R', () => {
  let database: MigratedDatabase
  let context: Context
  beforeAll(async () => {
    database = await openMigratedDatabase('rfm_orders')
    context = withSettings(database.context, SETTINGS)
  })
  afterAll(() => database.drop())

  test('every customer has the scores of the reference', async () => {
    const { counts } = await ingestSource(context, 'shop', join(folder ?? '', 'rfm', 'rfm_data_orders.csv'))
    expect(counts).toMatchObject({ received: 4_906, accepted: 4_906 })
    await expectVerified(context)
    const ended = await workOffRun(context, await openPath(context, { asOf: new Date('2006-12-31T00:00:00Z') }))
    expect(ended.state).toBe('done')
    const rows = await context.store.sql<{ hash: string; scores: number[] }[]>`
      SELECT DISTINCT identifier.hash, ARRAY[recency_days, purchases, total_spent, r, f, m]::float8[] AS scores
      FROM onefold.identifiers AS identifier JOIN onefold.profile_members USING (record_id)
      JOIN onefold.features USING (profile_id) WHERE identifier.kind = 'customer_id'`
    const byCustomer = new Map(rows.map((row) => [row.hash, row.scores]))
    const reference = readCsv(join(folder ?? '', 'oracles', 'rfm_orders_rpkg_scores.csv'))
    expect(byCustomer.size).toBe(reference.length)
    const found = reference.map(({ customer_id: id = '' }) => {
      const value = `shop/${id}`
      return [id, byCustomer.get(hashIdentifier(context, { kind: 'customer_id', value }))]
    })
    const column = (row: Readonly<Record<string, string>>) =>
      ['rec', 'n', 'amount', 'R', 'F', 'M'].map((name) => Number(row[name]))
    expect(found).toEqual(reference.map((row) => [row['customer_id'], column(row)]))
    await expectVerified(context)
  })
})
