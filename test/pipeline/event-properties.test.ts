import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('event_properties')
})
afterEach(() => database.drop())

const AS_OF = new Date('2026-06-30T12:00:00Z')
const WEB: DeclaredSettings['sources'] = { web: { kind: 'events', preset: 'segment-events' } }
const OWNED = { description: 'Looks for something.', owner: 'marketing', review: '2027-06-30' }

interface Said {
  readonly id: string
  readonly event?: string
  readonly page?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly minutesAgo?: number
  readonly user?: string
  readonly campaign?: string
}

const spell = ({ id, event, page, properties = {}, minutesAgo = 5, user = 'u1', campaign }: Said): string =>
  JSON.stringify({
    ...{ messageId: id, anonymousId: `visitor-${user}`, userId: user, properties },
    ...(campaign !== undefined && { context: { campaign: { name: campaign } } }),
    ...(event === undefined ? { type: 'page', name: page } : { type: 'track', event }),
    timestamp: new Date(AS_OF.getTime() - minutesAgo * 60_000).toISOString(),
  })

const tell = (context: Context, ...said: Said[]): Promise<object> =>
  ingestText(context, 'web', `${said.map(spell).join('\n')}\n`, 'web.jsonl')

async function run(context: Context): Promise<void> {
  expect((await workOffRun(context, await openPath(context, { asOf: AS_OF }))).state).toBe('done')
}

function settle(more: DeclaredSettings): Context {
  return { ...configure(database.context, { sources: WEB, ...more }), now: () => AS_OF }
}

test('declared values are kept in the clear, any other text as a keyed hash, and what is not as declared is flagged [B6]', async () => {
  const context = settle({
    events: {
      properties: { 'Product Viewed': { size: ['small', 'large'], score: 'number', gift: 'boolean', note: 'text' } },
    },
  })
  const { sql } = context.store
  await tell(
    context,
    {
      id: 'a',
      event: 'Product Viewed',
      properties: { product_id: 'ada@mailhaven.net', price: 12.5, size: 'large', gift: true },
    },
    { id: 'b', event: 'Product Viewed', properties: { size: 'Ada Ferncastle', score: 'high', note: 'call her' } },
    { id: 'c', event: 'Product Viewed', properties: { score: 3, colour: 'red' } },
    { id: 'd', event: 'Search', properties: { colour: 'red', scroll_depth: 62.5 } },
  )
  const rows = await sql<{ properties: Record<string, unknown> | null }[]>`
    SELECT properties FROM onefold.events ORDER BY properties ->> 'price', properties ->> 'note', properties ->> 'score'`
  const hash: unknown = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
  expect(rows.map(({ properties }) => properties)).toEqual([
    { product: hash, price: 12.5, size: 'large', gift: true },
    { size: hash, note: hash },
    { score: 3 },
    { scroll_depth: 62.5 },
  ])
  const findings = await sql<{ code: string; failed: number }[]>`
    SELECT code, failed::int AS failed FROM onefold.quality_results WHERE code LIKE 'property.%' AND failed > 0 ORDER BY 1`
  expect(findings).toEqual([
    { code: 'property.malformed', failed: 1 },
    { code: 'property.undeclared', failed: 1 },
    { code: 'property.unexpected', failed: 1 },
  ])
  const [outcomes] = await sql`SELECT count(*)::int AS events FROM onefold.events`
  expect(outcomes).toEqual({ events: 4 })
})

test('rules ask of properties: with what, of how many kinds, and how often of one [F1]', async () => {
  const viewed = { event: 'Product Viewed', within: '1h' } as const
  const context = settle({
    events: { properties: { 'Product Viewed': { size: ['small', 'large'] } } },
    segments: {
      large: {
        ...OWNED,
        rule: { ...viewed, where: { size: 'large', price: { at_least: 20 } }, count: { at_least: 1 } },
      },
      wide: { ...OWNED, rule: { ...viewed, distinct: { at_least: 2 }, of: 'category' } },
      keen: { ...OWNED, rule: { ...viewed, same: 'product', count: { above: 1 } } },
      dear: { ...OWNED, rule: { ...viewed, sum: { above: 40 }, of: 'price' } },
      returned: { ...OWNED, rule: { event: 'Product Viewed', first: { longer_ago_than: '30m' } } },
    },
  })
  const view = (user: string, id: string, properties: object, minutesAgo = 5): Said => ({
    ...{ id: `${user}-${id}`, user, event: 'Product Viewed', minutesAgo, properties: { ...properties } },
  })
  await tell(
    context,
    view('u1', '1', { product_id: 'p1', category: 'shoes', price: 20, size: 'large' }),
    view('u1', '2', { product_id: 'p2', category: 'hats', price: 20.01, size: 'small' }),
    view('u2', '1', { product_id: 'p1', category: 'shoes', price: 19.99, size: 'large' }),
    view('u2', '2', { product_id: 'p1', category: 'shoes', price: 20.01, size: 'small' }, 31),
  )
  await run(context)
  const members = await context.store.sql<{ segment: string; people: number; reason: string }[]>`
    SELECT segment_id AS segment, count(*)::int AS people, min(reason) AS reason FROM onefold.segment_memberships
    WHERE valid_to IS NULL AND segment_id IN ('large', 'wide', 'keen', 'dear', 'returned') GROUP BY 1 ORDER BY 1`
  expect(members).toEqual([
    {
      segment: 'dear',
      people: 1,
      reason: 'price of Product Viewed came to 40.01 since 2026-06-30T11:55Z (above 40 within 1h)',
    },
    {
      segment: 'keen',
      people: 1,
      reason: '2 × Product Viewed of one product since 2026-06-30T11:29Z (above 1 within 1h)',
    },
    {
      segment: 'large',
      people: 1,
      reason: '1 × Product Viewed with size large, price at least 20 since 2026-06-30T11:55Z (at least 1 within 1h)',
    },
    { segment: 'returned', people: 1, reason: 'first Product Viewed 2026-06-30T11:29Z (longer ago than 30m)' },
    {
      segment: 'wide',
      people: 1,
      reason: '2 different category of Product Viewed since 2026-06-30T11:55Z (at least 2 within 1h)',
    },
  ])
})

const readSpending = async ({ store }: Context): Promise<object[]> => [
  ...(await store.sql`SELECT purchases, total_spent AS spent FROM onefold_out.unified_profiles ORDER BY total_spent`),
]

test('an order that the site says is completed is a purchase, once, however often it is told [E1]', async () => {
  const context = settle({})
  const order = (id: string, properties: object, minutesAgo = 5): Said => ({
    ...{ id, event: 'Order Completed', minutesAgo, properties: { ...properties } },
  })
  await tell(
    context,
    order('a', { order_id: 'o1', revenue: 40, total: 44, currency: 'EUR' }, 6),
    // The same order, told by the server.
    order('b', { order_id: 'o1', total: 44, currency: 'EUR' }),
    order('c', { total: 10, currency: 'EUR' }),
    { id: 'd', event: 'Checkout Started', properties: { order_id: 'o2', revenue: 99 } },
  )
  await run(context)
  expect(await readSpending(context)).toEqual([{ purchases: 2, spent: 50 }])
  expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
})

test('where a shop delivers orders, what the site says of them is no purchase of its own [E1]', async () => {
  const shop = {
    kind: 'orders',
    namespace: 'web',
    columns: { order: 'order_id', customer: 'user_id', at: 'occurred_at', amount: 'amount' },
  } as const
  const said = [
    { id: 'a', event: 'Order Completed', properties: { order_id: 'o1', total: 40 } },
    { id: 'b', event: 'Order Completed', properties: { order_id: 'o2', total: 70 } },
  ]
  const lines = 'order,customer,at,amount\no1,u1,2026-06-30T11:50:00Z,38\n'
  const quiet = settle({ sources: { ...WEB, shop } })
  await tell(quiet, ...said)
  await ingestText(quiet, 'shop', lines)
  await run(quiet)
  expect(await readSpending(quiet)).toEqual([{ purchases: 1, spent: 38 }])
})

test('a source may be told to count orders beside a shop: lines outdo what the site says of the same order [E1]', async () => {
  const shop = {
    kind: 'orders',
    namespace: 'web',
    columns: { order: 'order_id', customer: 'user_id', at: 'occurred_at', amount: 'amount' },
  } as const
  const context = settle({ sources: { web: { ...WEB['web']!, count_orders: true }, shop } })
  await tell(
    context,
    { id: 'a', event: 'Order Completed', properties: { order_id: 'o1', total: 40 } },
    { id: 'b', event: 'Order Completed', properties: { order_id: 'o2', total: 70 } },
  )
  await run(context)
  expect(await readSpending(context)).toEqual([{ purchases: 2, spent: 110 }])
  await ingestText(context, 'shop', 'order,customer,at,amount\no1,u1,2026-06-30T11:50:00Z,38\n')
  await run(context)
  expect(await readSpending(context)).toEqual([{ purchases: 2, spent: 108 }])
  expect((await verify(context)).checks.filter(({ broken }) => broken > 0)).toEqual([])
})

test('a session tells where it was entered and left, by declared names of pages [C9]', async () => {
  const context = settle({ events: { declared: ['Home', 'Pricing'] } })
  await tell(
    context,
    { id: 'a', page: 'Home', minutesAgo: 20 },
    { id: 'b', event: 'Search', minutesAgo: 19 },
    { id: 'c', page: 'Pricing', minutesAgo: 18 },
    { id: 'd', page: '/account/ada-ferncastle', minutesAgo: 17 },
  )
  await run(context)
  const sessions = await context.store.sql`SELECT entry_page, exit_page, page_views FROM onefold_out.journeys`
  expect([...sessions]).toEqual([{ entry_page: 'Home', exit_page: 'page', page_views: 3 }])
})

test('a session tells what brought the visitor, by name if that is declared, before or afterwards [C9]', async () => {
  const visits: readonly Said[] = [
    { id: 'a', page: 'Home', minutesAgo: 600 },
    { id: 'b', page: 'Home', minutesAgo: 599, campaign: 'Spring Sale' },
    { id: 'c', page: 'Home', minutesAgo: 598, campaign: 'ada@mailhaven.net' },
    { id: 'd', event: 'Search', minutesAgo: 400, campaign: 'ada@mailhaven.net' },
    { id: 'e', page: 'Home', minutesAgo: 200 },
    { id: 'f', page: 'Home', minutesAgo: 100, campaign: 'spring sale' },
  ]
  const name = async (campaigns: string[]): Promise<readonly (string | null)[]> => {
    const context = settle({ events: { campaigns } })
    await tell(context, ...visits)
    await run(context)
    const rows = await context.store.sql<{ campaign: string | null }[]>`
      SELECT campaign FROM onefold_out.journeys ORDER BY position`
    return rows.map(({ campaign }) => campaign)
  }
  const [spring, other, ...rest] = await name([])
  expect([spring, other]).toEqual([
    expect.stringMatching(/^c_[0-9a-f]{32}$/),
    expect.stringMatching(/^c_[0-9a-f]{32}$/),
  ])
  expect(other).not.toBe(spring)
  expect(rest).toEqual([null, spring])
  expect(await name(['spring sale', 'Summer'])).toEqual(['spring sale', other, null, 'spring sale'])
  expect(await name(['Spring Sale'])).toEqual(['Spring Sale', other, null, 'Spring Sale'])
  expect(await name([])).toEqual([spring, other, null, spring])
})

test('whom people meet where, which categories they look at and how far they read are features [E4 F2]', async () => {
  const till = {
    ...({ kind: 'orders', channel: 'branch' } as const),
    columns: { order: 'order_id', customer: 'user_id', at: 'occurred_at', amount: 'amount' } as const,
  }
  const context = settle({ sources: { web: { ...WEB['web']!, channel: 'digital' }, till } })
  const DAY = 24 * 60
  await tell(
    context,
    { id: 'a', event: 'Product Viewed', properties: { category: 'shoes', scroll_depth: 20 } },
    { id: 'b', event: 'Product Viewed', properties: { category: 'shoes', scroll_depth: 60 } },
    { id: 'c', event: 'Product Added', properties: { category: 'hats' } },
    // Of a search it says nothing about what somebody looks at; mail that came is nothing that somebody did.
    { id: 'd', event: 'Search', properties: { category: 'coats' } },
    { id: 'e', event: 'Email Delivered', minutesAgo: 3 * DAY },
    { id: 'f', event: 'Search', user: 'u2', minutesAgo: 90 * DAY },
    { id: 'g', event: 'Search', user: 'u3', minutesAgo: 90 * DAY + 1 },
  )
  const orders = ['06-28T09:00', '06-28T09:00', '06-29T09:00'].map((at, n) => `o${n},u1,2026-${at}:00Z,9`)
  await ingestText(context, 'till', `order,customer,at,amount\n${orders.join('\n')}\n`)
  await run(context)
  const rows = await context.store.sql`
    SELECT categories, scroll_depth, branch_share_90d, digital_share_90d,
      ARRAY(SELECT segment_id FROM onefold.segment_memberships AS membership WHERE valid_to IS NULL
        AND membership.profile_id = feature.profile_id AND segment_id IN ('branch_heavy', 'digital_first')) AS segments
    FROM onefold.features AS feature ORDER BY branch_share_90d`
  expect([...rows]).toEqual([
    { categories: 0, scroll_depth: null, branch_share_90d: 0, digital_share_90d: 1, segments: ['digital_first'] },
    { categories: 2, scroll_depth: 40, branch_share_90d: 2 / 3, digital_share_90d: 1 / 3, segments: ['branch_heavy'] },
    { categories: 0, scroll_depth: null, branch_share_90d: null, digital_share_90d: null, segments: [] },
  ])
  // A millisecond later the search of three months ago is too old.
  await context.store.sql`DELETE FROM onefold.unstitched`
  const later = { asOf: new Date(AS_OF.getTime() + 1) }
  expect((await workOffRun(context, await openPath(context, later))).state).toBe('done')
  const [known] = await context.store.sql`SELECT count(branch_share_90d)::int AS people FROM onefold.features`
  expect(known).toEqual({ people: 1 })
})
