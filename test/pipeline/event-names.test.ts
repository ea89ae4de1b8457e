import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure, ingestText } from './ingest-text.ts'

let database: MigratedDatabase
beforeEach(async () => {
  database = await openMigratedDatabase('event_names')
})
afterEach(() => database.drop())

const AS_OF = new Date('2026-06-30T12:00:00Z')

/** What a visitor did, as Google Analytics exports it: a minute between any two. */
const spell = (events: readonly (readonly [name: string, more?: object])[]): string =>
  events
    .map(([event_name, more = {}], n) => {
      const at = AS_OF.getTime() - (events.length - n) * 60_000
      return JSON.stringify({ event_name, event_timestamp: String(at * 1_000), user_pseudo_id: '1.2', ...more })
    })
    .join('\n')

const VISIT = spell([
  ['page_view'],
  ['view_search_results'],
  ['view_item', { items: [{ item_id: 'SKU-1', item_category: 'lamps', price: 19.5 }] }],
  ['view_item', { items: [{ item_id: 'SKU-2', item_category: 'rugs', price: 80 }] }],
  ['add_to_cart', { items: [{ item_id: 'SKU-2', item_category: 'rugs', price: 80 }] }],
  ['begin_checkout'],
  ['purchase', { ecommerce: { transaction_id: 'T-1', purchase_revenue: 80 } }],
  ['scroll'],
  ['InitiateCheckout'],
  ['product_viewed'],
  ['Search'],
  ['Pageview'],
])

function settle(events: DeclaredSettings['events']): Context {
  const sources: DeclaredSettings['sources'] = { web: { kind: 'events', preset: 'ga4-events' } }
  return { ...configure(database.context, { sources, events }), now: () => AS_OF }
}

async function deliver(context: Context): Promise<void> {
  await ingestText(context, 'web', VISIT, 'web.jsonl')
  expect((await workOffRun(context, await openPath(context, { asOf: AS_OF }))).state).toBe('done')
}

const listEvents = async ({ store: { sql } }: Context): Promise<unknown[]> =>
  (await sql`SELECT kind || ': ' || coalesce(name, '–') AS told FROM onefold.events ORDER BY occurred_at`).map(
    ({ told }) => told as unknown,
  )

test("what Google Analytics' events say counts as what Segment's do: pages, products, carts and purchases [A6 E1 E4]", async () => {
  const context = settle({})
  await deliver(context)
  expect(await listEvents(context)).toEqual([
    ...['page: page', 'track: Products Searched', 'track: Product Viewed', 'track: Product Viewed'],
    ...['track: Product Added', 'track: Checkout Started', 'track: Order Completed', 'track: –'],
    ...['track: Checkout Started', 'track: Product Viewed', 'track: Search', 'page: page'],
  ])
  const [features] = await context.store.sql`
    SELECT product_views, searches, cart_additions, categories, purchases, total_spent,
      (SELECT sum(page_views)::int FROM onefold.sessions) AS pages FROM onefold.features`
  expect(features).toMatchObject({ product_views: 3, searches: 2, cart_additions: 1, categories: 2 })
  expect(features).toMatchObject({ purchases: 1, total_spent: 80, pages: 2 })
})

test('a project may name its own events so, and keeps the names that it declares [B6]', async () => {
  const context = settle({
    declared: ['view_item'],
    names: { scroll: 'Product Shared', begin_checkout: 'Cart Viewed' },
  })
  await deliver(context)
  expect(await listEvents(context)).toEqual([
    ...['page: page', 'track: Products Searched', 'track: view_item', 'track: view_item'],
    ...['track: Product Added', 'track: Cart Viewed', 'track: Order Completed', 'track: Product Shared'],
    ...['track: Checkout Started', 'track: Product Viewed', 'track: Search', 'page: page'],
  ])
})
