import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { findSubject } from '../../src/pipeline/look/find-subject.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { inventBuyers } from '../feature/lifetime/invent-buyers.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('score_history')
})
afterEach(() => database.drop())

const DAY = 86_400_000
const day = (n: number): Date => new Date(Date.UTC(2024, 0, 1, 12) + n * DAY)

function settle(more: DeclaredSettings = {}): Context {
  return configure(database.context, {
    sources: {
      shop: {
        kind: 'orders',
        columns: { order: 'order_id', customer: 'customer_id', mail: 'email', at: 'occurred_at', amount: 'amount' },
      },
    },
    ...more,
  })
}

async function run(context: Context, asOf: Date): Promise<void> {
  const ended = await workOffRun(context, await openPath(context, { asOf }))
  expect(ended.state).toBe('done')
}

/** Orders of the customers `c1`, `c2`, … in the order given, each on a day. */
async function order(
  context: Context,
  ...orders: readonly (readonly [customer: string, day: number])[]
): Promise<void> {
  const lines = orders.map(([customer, n]) => `o-${customer}-${n},${customer},,${day(n).toISOString()},20\n`)
  await ingestText(context, 'shop', `order,customer,mail,at,amount\n${lines.join('')}`)
}

async function pseudonymOf(context: Context, customer: string): Promise<string> {
  const profileId = (await findSubject(context, `shop/${customer}`)).replace('prf_', '')
  const [row] = await context.store.sql<{ pseudonym: string }[]>`
    SELECT pseudonym FROM onefold.profiles WHERE profile_id = ${profileId}`
  return row!.pseudonym
}

/** As a consumer asks: the recency score of a person as of an instant. */
async function recencyAt(context: Context, customer: string, instant: Date): Promise<unknown> {
  const rows = await context.store.sql<{ r: number }[]>`
    SELECT r FROM onefold_out.score_history WHERE profile_id = ${await pseudonymOf(context, customer)}
      AND valid_from <= ${instant} AND (valid_to IS NULL OR valid_to > ${instant})`
  return rows.map(({ r }) => r)
}

test('what scores were on a day is told once they are others, with the cut points they were made by [E2]', async () => {
  const context = settle()
  await order(context, ['c1', -50], ['c2', -40], ['c3', -30], ['c4', -20], ['c5', -10])
  await run(context, day(0))
  await order(context, ['c1', 5])
  await run(context, day(6))
  expect(await recencyAt(context, 'c1', day(-1))).toEqual([])
  for (const instant of [day(0), day(5)]) expect(await recencyAt(context, 'c1', instant)).toEqual([1])
  for (const instant of [day(6), day(60)]) expect(await recencyAt(context, 'c1', instant)).toEqual([5])
  const { sql } = context.store
  expect(
    await sql`SELECT as_of, buyers, method, r_cut_points, model, test_error FROM onefold_out.scorings ORDER BY scoring`,
  ).toEqual([
    { as_of: day(0), buyers: 5, method: 'ntile', r_cut_points: [10, 20, 30, 40], model: null, test_error: null },
    { as_of: day(6), buyers: 5, method: 'ntile', r_cut_points: [1, 16, 26, 36], model: null, test_error: null },
  ])
  const [joined] = await sql`
    SELECT count(*) AS rows, count(*) FILTER (WHERE history.valid_from = as_of) AS begun
    FROM onefold_out.score_history AS history JOIN onefold_out.scorings USING (scoring)`
  // All but c1 moved down by one place.
  expect(joined).toEqual({ rows: 10, begun: 10 })
})

test('a day on which scores hold writes no row, and a second scoring as of one instant says what it says then', async () => {
  const context = settle()
  const { sql } = context.store
  await order(context, ['c1', -50], ['c2', -40])
  await run(context, day(0))
  const first = await sql`SELECT * FROM onefold.score_history ORDER BY profile_id`
  await run(context, day(1))
  expect(await sql`SELECT FROM onefold.scorings`).toHaveLength(2)
  expect(await sql`SELECT * FROM onefold.score_history ORDER BY profile_id`).toEqual(first)
  await order(context, ['c1', -1])
  await run(context, day(1))
  expect(await recencyAt(context, 'c1', day(1))).toEqual([2])
  const before = await sql`SELECT * FROM onefold.score_history ORDER BY profile_id, valid_from`
  await order(context, ['c2', -1], ['c2', 0])
  await run(context, day(1))
  const after = await sql`SELECT * FROM onefold.score_history ORDER BY profile_id, valid_from`
  expect(after).toHaveLength(before.length)
  expect(after).not.toEqual(before)
})

test('a scoring as of an earlier instant, or of one to come, leaves what is kept as it is', async () => {
  const context = settle()
  const { sql } = context.store
  await order(context, ['c1', -50], ['c2', -40])
  await run(context, day(0))
  await order(context, ['c1', -30])
  const kept = await sql`SELECT * FROM onefold.score_history ORDER BY profile_id`
  await run(context, day(-20))
  await run(context, new Date('2999-01-01T00:00:00Z'))
  expect(await sql`SELECT r FROM onefold.features ORDER BY r`).toEqual([{ r: 1 }, { r: 2 }])
  expect(await sql`SELECT * FROM onefold.score_history ORDER BY profile_id`).toEqual(kept)
  await run(context, day(1))
  expect(await recencyAt(context, 'c1', day(1))).toEqual([2])
})

test('who is merged keeps what they were scored under the id of then, which leads on, and it ends', async () => {
  const context = settle()
  const { sql } = context.store
  await ingestText(
    context,
    'shop',
    `order,customer,mail,at,amount\no1,c1,ada@mailhaven.net,${day(-9).toISOString()},10\no2,c2,,${day(-5).toISOString()},10\n`,
  )
  await run(context, day(0))
  const old = await Promise.all(['c1', 'c2'].map((customer) => pseudonymOf(context, customer)))
  await ingestText(
    context,
    'shop',
    `order,customer,mail,at,amount\no3,c2,ada@mailhaven.net,${day(1).toISOString()},10\n`,
  )
  await run(context, day(2))
  const open = await sql`SELECT profile_id FROM onefold_out.score_history WHERE valid_to IS NULL`
  expect(open).toEqual([{ profile_id: await pseudonymOf(context, 'c1') }])
  const ended = await sql`
    SELECT profile_id, to_profile_id, valid_from FROM onefold_out.score_history
    JOIN onefold_out.profile_redirects ON from_profile_id = profile_id`
  const gone = old.find((id) => id !== open[0]?.['profile_id'])
  expect(ended).toEqual([{ profile_id: gone, to_profile_id: open[0]?.['profile_id'], valid_from: day(0) }])
})

test('of daily walks a row tells every value to a tenth, in far fewer rows than days [E2 E8]', async () => {
  const context = settle({ composite_index: { features: ['purchases', 'total_spent'], weights: [1, 1] } })
  const { sql } = context.store
  const invented = inventBuyers(150, { alpha: 5, b: 4, days: 300, seed: 3 })
  const lines = invented.map((days, buyer) =>
    days.map((n, at) => `o${buyer}-${at},c${buyer},,${day(n - 300).toISOString()},${10 + (buyer % 5)}\n`).join(''),
  )
  await ingestText(context, 'shop', `order,customer,mail,at,amount\n${lines.join('')}`)
  const days = 8
  for (let n = -days; n < 0; n += 1) {
    await run(context, day(n))
    const [told] = await sql`
      SELECT count(*) AS people, count(*) FILTER (WHERE (kept.r, kept.f, kept.m) = (feature.r, feature.f, feature.m)
        AND abs(kept.p_alive - feature.p_alive) <= 0.1 AND abs(kept.composite_index - feature.composite_index)
          <= 0.1 * greatest(1, abs(kept.composite_index))
        AND abs(kept.expected_purchases - feature.expected_purchases) <= 0.1 * greatest(1, kept.expected_purchases)
        AND abs(kept.lifetime_value - feature.lifetime_value) <= 0.1 * greatest(1, kept.lifetime_value)) AS told
      FROM onefold.features AS feature LEFT JOIN onefold.score_history AS kept
        ON kept.profile_id = feature.profile_id AND valid_to IS NULL
      WHERE feature.r IS NOT NULL`
    expect(told?.['told']).toBe(told?.['people'])
  }
  const [rows] = await sql<
    { count: number }[]
  >`SELECT count(*) FROM onefold.score_history WHERE valid_from > ${day(-days)}`
  expect(rows!.count).toBeLessThan((150 * (days - 1)) / 4)
})
