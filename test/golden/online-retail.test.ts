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

const folder = findGoldenData('behaviour', 'onlineretail')

const SETTINGS: DeclaredSettings = {
  region: 'GB',
  sources: {
    retail: {
      kind: 'orders',
      repeats: 'keep',
      currency: 'GBP',
      columns: {
        InvoiceNo: 'order_id',
        StockCode: 'product',
        Description: 'product',
        Quantity: 'quantity',
        InvoiceDate: 'occurred_at',
        UnitPrice: 'unit_price',
        CustomerID: 'customer_id',
        Country: 'country',
      },
    },
  },
}

/** Clean lines, invoices, customers and revenue as `data/behaviour/oracles/online_retail.json` has them. */
const REFERENCE = { received: 541_909, accepted: 397_884, invoices: 18_532, customers: 4_338, revenue: 8_911_407.9 }

const AS_OF = new Date('2011-12-10T00:00:00Z')

function hashCustomer(context: Context, id: string): string {
  return hashIdentifier(context, { kind: 'customer_id', value: `retail/${id}` })
}

async function sumOrders(
  context: Context,
): Promise<{ lines: number; invoices: number; customers: number; revenue: number }> {
  const [sums] = await context.store.sql<{ lines: number; invoices: number; customers: number; revenue: number }[]>`
    SELECT count(*) AS lines, count(DISTINCT order_key) AS invoices, sum(amount::numeric)::float8 AS revenue,
      (SELECT count(DISTINCT hash) FROM onefold.identifiers WHERE kind = 'customer_id') AS customers
    FROM onefold.events WHERE kind = 'order_line'`
  return sums as { lines: number; invoices: number; customers: number; revenue: number }
}

describe.skipIf(folder === undefined)('Online Retail, 541,909 order lines of 2010 and 2011', () => {
  let database: MigratedDatabase
  let context: Context
  beforeAll(async () => {
    database = await openMigratedDatabase('online_retail')
    context = withSettings(database.context, SETTINGS)
  })
  afterAll(() => database.drop())
  const timed = async <T>(what: string, action: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await action()
    console.info(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
    return result
  }

  test('the clean lines, invoices and revenue of the published cleaning are accepted', async () => {
    const file = join(folder ?? '', 'lines.csv.gz')
    const { counts } = await timed('ingest', () => ingestSource(context, 'retail', file))
    const { received, accepted, invoices, revenue } = REFERENCE
    expect(counts).toMatchObject({ received, accepted, duplicate: 0 })
    const sums = await sumOrders(context)
    expect(sums).toMatchObject({ lines: accepted, invoices })
    expect(sums.revenue).toBeCloseTo(revenue, 2)
  })

  test('recency, frequency and money equal the reference for every customer', async () => {
    const ended = await timed('run', async () => workOffRun(context, await openPath(context, { asOf: AS_OF })))
    expect(ended.state).toBe('done')
    const rows = await context.store.sql<{ hash: string; recency: number; frequency: number; monetary: number }[]>`
      SELECT DISTINCT identifier.hash, recency_days AS recency, purchases AS frequency, total_spent AS monetary
      FROM onefold.identifiers AS identifier JOIN onefold.profile_members USING (record_id)
      JOIN onefold.features USING (profile_id) WHERE identifier.kind = 'customer_id'`
    const byCustomer = new Map(rows.map((row) => [row.hash, row]))
    const customers = readCsv(join(folder ?? '', 'rfm_customer.csv'))
    expect([byCustomer.size, customers.length]).toEqual([REFERENCE.customers, REFERENCE.customers])
    for (const { CustomerID: id = '', recency, frequency, monetary } of customers) {
      const row = byCustomer.get(hashCustomer(context, id))
      expect([row?.recency, row?.frequency], id).toEqual([Number(recency), Number(frequency)])
      expect(row?.monetary, id).toBeCloseTo(Number(monetary), 2)
    }
    await timed('verify', () => expectVerified(context))
  })

  test('quintiles are those of the ntile of PostgreSQL, and give the published segments where ties are cut by customer', async () => {
    const { sql } = context.store
    const [unequal] = await sql<{ scores: number }[]>`
      SELECT count(*) AS scores FROM (
        SELECT (r, f, m) IS DISTINCT FROM (
          ntile(5) OVER (ORDER BY recency_days DESC, profile_id), ntile(5) OVER (ORDER BY purchases, profile_id),
          ntile(5) OVER (ORDER BY total_spent, profile_id)) AS differs
        FROM onefold.features WHERE purchases > 0) AS compared WHERE differs`
    expect(unequal?.scores).toBe(0)
    // A third of the customers bought once, so where a tie is cut decides the counts: the reference cuts by number.
    const ids = readCsv(join(folder ?? '', 'rfm_customer.csv')).map((row) => row['CustomerID'] ?? '')
    const [published] = await sql`
      WITH numbered AS (
        SELECT DISTINCT ON (given.id) given.id, features.* FROM unnest(
          ${ids}::text[], ${ids.map((id) => hashCustomer(context, id))}::uuid[]) AS given (id, hash)
        JOIN onefold.identifiers USING (hash) JOIN onefold.profile_members USING (record_id)
        JOIN onefold.features USING (profile_id)
      ), scored AS (
        SELECT ntile(5) OVER (ORDER BY recency_days DESC, id) AS r, ntile(5) OVER (ORDER BY purchases, id) AS f,
               ntile(5) OVER (ORDER BY total_spent, id) AS m
        FROM numbered
      )
      SELECT count(*) FILTER (WHERE r = 5 AND f = 5 AND m = 5) AS champions,
        count(*) FILTER (WHERE r <= 2 AND f <= 2 AND m <= 2) AS at_risk,
        count(*) FILTER (WHERE r IN (3, 4) AND f IN (3, 4) AND m IN (3, 4)) AS potential
      FROM scored`
    expect(published).toEqual({ champions: 348, at_risk: 831, potential: 545 })
  })

  test('scores that keep ties together give the published segments in the segments table', async () => {
    const tied = { ...context, settings: { ...context.settings, rfm: { method: 'cume_dist' as const } } }
    const ended = await workOffRun(tied, await openPath(tied, { from: 'score', asOf: AS_OF }))
    expect(ended.state).toBe('done')
    const segments = await context.store.sql<{ segment: string; members: number }[]>`
      SELECT segment_id AS segment, count(*) AS members FROM onefold.segment_memberships
      WHERE valid_to IS NULL AND segment_id LIKE 'rfm3_%' GROUP BY segment_id`
    expect(Object.fromEntries(segments.map(({ segment, members }) => [segment, members]))).toEqual({
      ...{ rfm3_champions: 348, rfm3_at_risk: 792, rfm3_potential: 606, rfm3_others: 2_592 },
    })
  })

  test('the same file delivered again counts once', async () => {
    const before = await sumOrders(context)
    const file = join(folder ?? '', 'lines.csv.gz')
    const { counts } = await timed('ingest again', () => ingestSource(context, 'retail', file))
    expect(counts).toMatchObject({ received: REFERENCE.received, accepted: 0, quarantined: 0 })
    expect(await sumOrders(context)).toEqual(before)
    await timed('verify', () => expectVerified(context))
  })
})
