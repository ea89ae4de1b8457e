import { afterEach, beforeEach, expect, test } from 'vitest'
import { FEATURES } from '../../src/feature/features.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { findLastScoring } from '../../src/store/behaviour/find-last-scoring.ts'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { inventBuyers } from '../feature/lifetime/invent-buyers.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('features')
})
afterEach(() => database.drop())

const AS_OF = new Date('2026-06-30T12:00:00Z')
const DAY = 86_400_000

const SOURCES: DeclaredSettings['sources'] = {
  shop: {
    kind: 'orders',
    columns: { order: 'order_id', customer: 'customer_id', at: 'occurred_at', amount: 'amount' },
  },
  web: {
    kind: 'events',
    namespace: 'shop',
    columns: { id: 'message_id', customer: 'customer_id', what: 'event_name', at: 'occurred_at' },
  },
}

const settle = (more: DeclaredSettings = {}): Context => configure(database.context, { sources: SOURCES, ...more })

async function run(context: Context, from?: 'score'): Promise<void> {
  const ended = await workOffRun(
    context,
    await openPath(context, { asOf: AS_OF, ...(from === undefined ? {} : { from }) }),
  )
  expect(ended.state).toBe('done')
}

const at = (daysAgo: number): string => new Date(AS_OF.getTime() - daysAgo * DAY).toISOString()

test('the table has a column for each feature, and what somebody did is in it [E1–E6]', async () => {
  const context = settle()
  const { sql } = context.store
  const columns = await sql<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = 'onefold' AND table_name = 'features'`
  expect(new Set(columns.map(({ name }) => name))).toEqual(
    new Set(['profile_id', 'as_of', ...Object.values(FEATURES).map(({ name }) => name)]),
  )
  await ingestText(
    context,
    'shop',
    `order,customer,at,amount\no1,c1,${at(45)},30\no2,c1,${at(15)},50\no3,c1,${at(3)},10\no4,c1,${at(2)},-10\n`,
  )
  const looks = [
    'Product Viewed',
    'Product Viewed',
    'Products Searched',
    'Product Added',
    'Email Delivered',
    'Email Opened',
  ]
  const rows = looks.map((what, n) => `m${n},c1,${what},${at(46 - n / 1000)}`)
  // A cart that was bought in time, and one that was not.
  rows.push(`m9,c1,Product Added,${at(20)}`)
  await ingestText(context, 'web', `id,customer,what,at\n${rows.join('\n')}\n`)
  await run(context)
  const [row] = await sql`SELECT * FROM onefold.features`
  expect(row).toMatchObject({
    ...{ purchases: 3, purchases_30d: 2, total_spent: 80, spent_30d: 50, spent_change_30d: 20 },
    ...{ purchase_days: 3, priced_repeat_days: 2, repeat_day_amount: 30, days_between_purchases: 21 },
    ...{
      product_views: 2,
      searches: 1,
      filters: 0,
      cart_additions: 2,
      abandoned_carts: 1,
      sends: 1,
      opens: 1,
      open_rate: 1,
      click_rate: 0,
    },
    ...{ hours_to_first_purchase: 24, sessions: 2, sessions_7d: 0, features_used_30d: 1, recency_z: 0 },
    // A day, 5 and 17 after the begin of a visit.
    ...{ hours_from_session_to_purchase: 184 },
    // One buyer teaches nothing.
    ...{ p_alive: null, expected_purchases: null, lifetime_value: null },
  })
  expect(row?.['purchase_overdue']).toBeCloseTo(3 / 21, 9)
  expect(await findLastScoring(sql)).toMatchObject({ scored: 1, lifetime: null })
})

test('frequency and money of RFM are those of the declared period, and who bought before it has no score [E2]', async () => {
  const orders = `order,customer,at,amount\no1,c1,${at(100)},900\no2,c1,${at(10)},5\no3,c2,${at(20)},7\no4,c3,${at(200)},9\n`
  const context = settle({ rfm: { period_days: 90 } })
  await ingestText(context, 'shop', orders)
  await run(context)
  const rows = await context.store.sql`
    SELECT purchases, period_purchases, period_spent, monetary_percentile, r IS NOT NULL AS scored
    FROM onefold.features ORDER BY total_spent`
  expect(rows).toEqual([
    { purchases: 1, period_purchases: 1, period_spent: 7, monetary_percentile: 0.5, scored: true },
    { purchases: 1, period_purchases: 0, period_spent: 0, monetary_percentile: null, scored: false },
    { purchases: 2, period_purchases: 1, period_spent: 5, monetary_percentile: 0, scored: true },
  ])
})

test('what buyers will do is learnt from what they did, told with its error, and published [E8]', async () => {
  const invented = inventBuyers(300, { alpha: 5, b: 4, days: 300, seed: 3 })
  const lines = invented.map((days, buyer) =>
    days.map((day, n) => `o${buyer}-${n},c${buyer},${at(300 - day)},${10 + (buyer % 5)}\n`).join(''),
  )
  const context = settle({ lifetime: { horizon_days: 180 } })
  await ingestText(context, 'shop', `order,customer,at,amount\n${lines.join('')}`)
  await run(context)
  const { sql } = context.store
  const scoring = await findLastScoring(sql)
  expect(scoring?.lifetime).toMatchObject({ model: 'bg_nbd', buyers: 300, horizonDays: 180, converged: true })
  const { expected, actual, buyers } = scoring!.lifetime!.holdOut!
  expect(buyers).toBe(300)
  expect(Math.abs(expected / actual - 1)).toBeLessThan(0.25)
  const [sums] = await sql`
    SELECT count(*) FILTER (WHERE p_alive BETWEEN 0 AND 1 AND expected_purchases >= 0 AND lifetime_value >= 0) AS good,
      avg(p_alive) FILTER (WHERE recency_days < 30) > avg(p_alive) FILTER (WHERE recency_days > 90 AND purchases > 1)
        AS ranked
    FROM onefold_out.unified_profiles`
  expect(sums).toEqual({ good: 300, ranked: true })
  const before = await sql`SELECT * FROM onefold.features ORDER BY profile_id`
  await sql`UPDATE onefold.features SET p_alive = NULL, r = 1`
  await run(context, 'score')
  expect(await sql`SELECT * FROM onefold.features ORDER BY profile_id`).toEqual(before)
  expect(await sql`SELECT FROM onefold.scorings`).toHaveLength(2)
  await run(context)
  expect(await sql`SELECT FROM onefold.scorings`).toHaveLength(2)
  await ingestText(context, 'shop', `order,customer,at,amount\nnew,c1,${at(1)},500\n`)
  await run(context)
  expect(await sql`SELECT FROM onefold.scorings`).toHaveLength(3)
})
