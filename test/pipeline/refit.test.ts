import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import { derivePAliveByBgNbd } from '../../src/feature/lifetime/bg-nbd.ts'
import type { BgNbd } from '../../src/feature/lifetime/bg-nbd.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { inventBuyers } from '../feature/lifetime/invent-buyers.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('refit')
})
afterEach(() => database.drop())

const HOUR = 3_600_000
const day = (n: number): Date => new Date(Date.UTC(2024, 0, 1, 12) + n * 24 * HOUR)
const HISTORY_DAYS = 300
const BUYERS = inventBuyers(150, { alpha: 5, b: 4, days: HISTORY_DAYS, seed: 3 })

const SHOP: DeclaredSettings = {
  sources: {
    shop: {
      kind: 'orders',
      columns: { order: 'order_id', customer: 'customer_id', mail: 'email', at: 'occurred_at', amount: 'amount' },
    },
  },
  rfm: { method: 'quantile' },
  composite_index: { features: ['purchases', 'total_spent'] },
}

const settle = (more: DeclaredSettings = {}): Context => configure(database.context, { ...SHOP, ...more })

async function order(context: Context, buyers: readonly (readonly number[])[], name = 'c'): Promise<void> {
  const lines = buyers.flatMap((days, buyer) =>
    days.map(
      (n, at) =>
        `o-${name}${buyer}-${n}-${at},${name}${buyer},,${day(n - HISTORY_DAYS).toISOString()},${10 + (buyer % 5)}\n`,
    ),
  )
  await ingestText(context, 'shop', `order,customer,mail,at,amount\n${lines.join('')}`)
}

async function run(context: Context, asOf: Date, options: { refit?: boolean; from?: string } = {}): Promise<void> {
  const ended = await workOffRun(context, await openPath(context, { asOf, ...options }))
  expect(ended.state).toBe('done')
}

interface Told {
  readonly model: Date
  readonly thresholds: Date
  readonly index: Date
}

/** As of when each scoring's models, cut points and index were learnt, as consumers read it. */
const tellAll = ({ store: { sql } }: Context): Promise<Told[]> =>
  sql<Told[]>`SELECT model_as_of AS model, thresholds_as_of AS thresholds, index_as_of AS index
    FROM onefold_out.scorings ORDER BY scoring`

async function tell(context: Context): Promise<Told | undefined> {
  return (await tellAll(context)).at(-1)
}

const ALL_OF = (n: number): Told => ({ model: day(n), thresholds: day(n), index: day(n) })

test('models are kept for a week and cut points for a month, then learnt anew [F6]', async () => {
  const context = settle()
  await order(context, BUYERS)
  for (const n of [0, 6, 7, 29, 30]) await run(context, day(n))
  expect(await tellAll(context)).toEqual([
    ALL_OF(0),
    ALL_OF(0),
    { model: day(7), thresholds: day(0), index: day(7) },
    { model: day(29), thresholds: day(0), index: day(29) },
    { model: day(29), thresholds: day(30), index: day(29) },
  ])
  // What was learnt stays to be read.
  const { sql } = context.store
  expect(await sql`SELECT kind, count(*) FROM onefold.fits GROUP BY kind ORDER BY kind`).toEqual([
    { kind: 'composite_index', count: 3 },
    { kind: 'lifetime', count: 3 },
    { kind: 'thresholds', count: 2 },
  ])
})

test('they are learnt anew when the same buyers turn out to have bought much more [F6]', async () => {
  const context = settle()
  const halves = [0, 1].map((odd) => BUYERS.map((days) => days.filter((_, n) => n === 0 || n % 2 === odd)))
  await order(context, halves[0]!, 'c')
  await run(context, day(0))
  // A purchase or two more say nothing else of anybody.
  await order(context, [[299], [298]], 'c')
  await run(context, day(1))
  expect(await tell(context)).toEqual(ALL_OF(0))
  const more = halves[1]!.map((days) => days.slice(1).map((n) => n + 0.5))
  await order(context, more, 'c')
  await run(context, day(2))
  expect(await tell(context)).toEqual({ ...ALL_OF(2), index: day(0) })
})

test('in between, people are scored as of now by what was learnt then [F6] [E2] [E8]', async () => {
  const context = settle()
  const { sql } = context.store
  await order(context, BUYERS)
  await run(context, day(0))
  const fits = await sql<{ kind: string; fitted: unknown }[]>`SELECT kind, fitted FROM onefold.fits`
  const { repeat } = fits.find(({ kind }) => kind === 'lifetime')!.fitted as {
    repeat: { fitted: { parameters: BgNbd } }
  }
  const index = fits.find(({ kind }) => kind === 'composite_index')!.fitted as {
    weights: number[]
    inputs: { mean: number; deviation: number }[]
  }
  const { r } = fits.find(({ kind }) => kind === 'thresholds')!.fitted as { r: number[] }
  // A year's worth from one who had come once only, so that spreads of now are others.
  await order(context, [[301, 302, 303, 304, 305]], 'c')
  const histories = BUYERS.map((days, buyer) => [...new Set(buyer === 0 ? [...days, 301, 302, 303, 304, 305] : days)])
  const now = 6
  await run(context, day(now))
  const byHand = histories.map((days, buyer) => {
    const [first, last] = [Math.min(...days), Math.max(...days)]
    const age = HISTORY_DAYS + now - first
    const orders = (BUYERS[buyer]?.length ?? 0) + (buyer === 0 ? 5 : 0)
    const scaled = [orders, orders * (10 + (buyer % 5))].map(
      (value, n) => (value - index.inputs[n]!.mean) / index.inputs[n]!.deviation,
    )
    return {
      r: 5 - r.filter((point) => point < HISTORY_DAYS + now - last).length,
      p_alive: derivePAliveByBgNbd(repeat.fitted.parameters, {
        ...{ repeats: days.length - 1, lastAt: (last - first) / 7, age: age / 7 },
      }),
      composite_index: scaled.reduce((sum, value, n) => sum + value * index.weights[n]!, 0),
    }
  })
  const scored = await sql<{ r: number; p_alive: number; composite_index: number }[]>`
    SELECT r, p_alive, composite_index FROM onefold.features`
  expect(await tell(context)).toEqual(ALL_OF(0))
  for (const name of ['r', 'p_alive', 'composite_index'] as const) {
    const [told, expected] = [scored, byHand].map((rows) => rows.map((row) => row[name]).sort((a, b) => a - b))
    for (const [n, value] of expected!.entries()) expect(told![n]).toBeCloseTo(value, 5)
  }
  const [ranked] = await sql`
    SELECT max(recency_percentile) > 0.9 AS ranked, abs(avg(recency_z)) < 1e-9 AS centred FROM onefold.features`
  expect(ranked, 'ranks and z-scores are of all buyers of now').toEqual({ ranked: true, centred: true })
})

test('cut points that are kept give equal values the scores they were cut for, whatever the method', async () => {
  const context = settle({ rfm: { method: 'cume_dist' } })
  const { sql } = context.store
  await order(context, BUYERS)
  const read = () => sql`SELECT profile_id, f, m FROM onefold.features ORDER BY profile_id`
  await run(context, day(0))
  const [before, [first]] = [await read(), await sql`SELECT r_cut_points, f_cut_points FROM onefold_out.scorings`]
  // Fifteen who bought once move the fifths, and not those who are in them.
  await order(
    context,
    Array.from({ length: 15 }, () => [290]),
    'new',
  )
  await run(context, day(1))
  const scores = new Map((await read()).map((row) => [row['profile_id'], row]))
  expect(before.map((row) => scores.get(row['profile_id']))).toEqual(before)
  const [, second] = await sql`SELECT r_cut_points, f_cut_points FROM onefold_out.scorings ORDER BY scoring`
  expect(second).toEqual(first)
  await run(context, day(1), { refit: true })
  const [, , third] = await sql`SELECT r_cut_points, f_cut_points FROM onefold_out.scorings ORDER BY scoring`
  expect(third).not.toEqual(first)
})

test('ntile parts equal values by rank, so that every walk cuts anew', async () => {
  const context = settle({ rfm: { method: 'ntile' } })
  await order(context, BUYERS)
  for (const n of [0, 1]) await run(context, day(n))
  expect(await tell(context)).toEqual({ ...ALL_OF(0), thresholds: day(1) })
})

describe('all of it is learnt anew', () => {
  test('when more than a tenth of the buyers came, and not before', async () => {
    const context = settle()
    await order(context, BUYERS)
    await run(context, day(0))
    // Each buys once, so that purchases are hardly more.
    const newcomers = BUYERS.map((days) => days.slice(0, 1))
    await order(context, newcomers.slice(0, 15), 'new')
    await run(context, day(1))
    expect(await tell(context)).toEqual(ALL_OF(0))
    await order(context, newcomers.slice(0, 1), 'newer')
    await run(context, day(2))
    expect(await tell(context)).toEqual(ALL_OF(2))
  })

  test('when somebody asks for it, though nothing is another', async () => {
    const context = settle()
    await order(context, BUYERS)
    await run(context, day(0))
    const later = new Date(day(0).getTime() + HOUR)
    await run(context, later, { refit: true })
    expect(await tell(context)).toEqual({ model: later, thresholds: later, index: later })
    await expect(openPath(context, { refit: true, from: 'segment' })).rejects.toMatchObject({
      code: 'run.scores_nobody',
    })
  })

  test('by a walk as of an instant before it was learnt, and by the one of now after that', async () => {
    const context = settle()
    await order(context, BUYERS)
    for (const n of [0, -3, 5]) await run(context, day(n))
    expect(await tellAll(context)).toEqual([ALL_OF(0), ALL_OF(-3), { ...ALL_OF(5), thresholds: day(-3) }])
  })

  test('by every walk where the schedule says `run`', async () => {
    const context = settle({ schedules: { models: 'run', thresholds: 'run' } })
    await order(context, BUYERS)
    for (const n of [0, 1]) await run(context, day(n))
    expect(await tell(context)).toEqual(ALL_OF(1))
  })
})

test('what is old is learnt anew on the same day, too, though nothing else is another', async () => {
  const context = settle({ schedules: { models: '2h' } })
  await order(context, BUYERS)
  // Orders of noon leave no window between these.
  const [first, soon, later] = [1, 2, 3].map((hours) => new Date(day(0).getTime() + hours * HOUR)) as [Date, Date, Date]
  for (const instant of [first, soon, later]) await run(context, instant)
  expect(await tellAll(context)).toEqual([
    { model: first, thresholds: first, index: first },
    { model: later, thresholds: first, index: later },
  ])
})

test.each([
  ['the model of what buyers will do', { lifetime: { model: 'pareto_nbd' } }, { model: day(1) }],
  ['the period of frequency and money', { rfm: { method: 'quantile', period_days: 200 } }, { thresholds: day(1) }],
  ['the method of cutting', { rfm: { method: 'cume_dist' } }, { thresholds: day(1) }],
  ['the features of the index', { composite_index: { features: ['purchases', 'recency_days'] } }, { index: day(1) }],
  ['how far to look ahead, which nothing is learnt by,', { lifetime: { horizon_days: 30 } }, {}],
] as const)('another setting of %s has that alone learnt anew', async (_, more, learnt) => {
  await order(settle(), BUYERS)
  await run(settle(), day(0))
  const context = settle(more as unknown as DeclaredSettings)
  await run(context, day(1))
  expect(await tell(context)).toEqual({ ...ALL_OF(0), ...learnt })
})

test('what could not be learnt from too few is learnt as soon as they are enough', async () => {
  const context = settle()
  await order(context, BUYERS.slice(0, 40))
  await run(context, day(0))
  expect(await tell(context)).toMatchObject({ model: null })
  await order(context, BUYERS)
  await run(context, day(1))
  expect(await tell(context)).toMatchObject({ model: day(1) })
})
