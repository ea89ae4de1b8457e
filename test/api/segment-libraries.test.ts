import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPath } from '../../src/pipeline/open-path.ts'
import { namePage } from '../../src/pipeline/name-place.ts'
import { openEnvelope } from '../../src/privacy/open-envelope.ts'
import { countPageRows, unpackPage } from '../../src/privacy/unpack-page.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { type ApiBench, openApiBench } from './api-fixture.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await openApiBench('segment_libraries')
})
afterAll(() => bench.close())

const listKinds = async (): Promise<readonly string[]> =>
  (await bench.context.store.sql<{ kind: string }[]>`SELECT kind FROM onefold.events ORDER BY kind`).map(
    ({ kind }) => kind,
  )

const flush = (analytics: RudderAnalytics): Promise<void> =>
  new Promise((resolve, reject) => {
    void analytics.flush((failure?: Error) => (failure === undefined || failure === null ? resolve() : reject(failure)))
  })

/** The lines of the ledger as received. */
async function openRawRows(): Promise<string[]> {
  const pages = await bench.context.store.sql<{ deliveryId: string; firstRow: number; sealed: Buffer }[]>`
    SELECT delivery_id AS "deliveryId", first_row AS "firstRow", sealed FROM onefold.ledger_pages`
  return pages.flatMap(({ deliveryId, firstRow, sealed }) => {
    const page = openEnvelope(bench.context.keyring, sealed, namePage(deliveryId, firstRow))
    return Array.from({ length: countPageRows(page) }, (_, position) => unpackPage(page, position).raw.toString('utf8'))
  })
}

test("Segment's library for Node delivers, unmodified but for its host", async () => {
  const analytics = new Analytics({ writeKey: bench.webKey, host: bench.address, flushAt: 3 })
  const failures: unknown[] = []
  analytics.on('error', (failure) => failures.push(failure))
  const context = { consent: { categoryPreferences: { analytics: true } } }
  analytics.identify({ userId: 'u-1', traits: { email: 'mira.ostrander@mailhaven.net' }, context })
  analytics.track({ userId: 'u-1', event: 'Order Completed', properties: { revenue: 12.5, currency: 'EUR' } })
  analytics.page({ anonymousId: 'v-1', name: 'Home', properties: { url: 'https://shop.example/' } })
  analytics.screen({ anonymousId: 'v-1', name: 'Basket' })
  analytics.group({ userId: 'u-1', groupId: 'g-1', traits: { name: 'Marlow Ltd' } })
  analytics.alias({ userId: 'u-1', previousId: 'v-1' })
  await analytics.closeAndFlush({ timeout: 20_000 })
  expect(failures).toEqual([])
  expect(await listKinds()).toEqual(['alias', 'group', 'identify', 'page', 'screen', 'track'])
})

test("RudderStack's library for Node delivers, unmodified but for its host", async () => {
  const before = (await listKinds()).length
  const analytics = new RudderAnalytics(bench.webKey, { dataPlaneUrl: bench.address })
  analytics.identify({ userId: 'u-2', traits: { email: 'oleg.tamsin@postkahn.net' } })
  analytics.track({ userId: 'u-2', event: 'Product Viewed', properties: { product_id: 'p-1' } })
  await flush(analytics)
  expect(await listKinds()).toHaveLength(before + 2)
  expect(await bench.findBroken()).toEqual([])
})

describe('what a library sends of consent and external ids is kept byte for byte, sealed [A3] (P9)', () => {
  const externalIds = [
    { id: 'till-marker-1', type: 'till_customer', collection: 'users', encoding: 'none' },
    { id: 'known.marker@mailhaven.net', type: 'email', collection: 'users', encoding: 'none' },
  ]
  const kept = async (told: object): Promise<boolean> => {
    // Without its braces: libraries add to the context what they know themselves.
    const text = JSON.stringify(told).slice(1, -1)
    return (await openRawRows()).some((row) => row.includes(text))
  }

  test("of Segment's, with consent by category", async () => {
    const context = { consent: { categoryPreferences: { Advertising: false, Analytics: true } }, externalIds }
    const analytics = new Analytics({ writeKey: bench.webKey, host: bench.address })
    analytics.track({ anonymousId: 'v-31', event: 'Signed Up', context })
    await analytics.closeAndFlush({ timeout: 20_000 })
    expect(await kept(context)).toBe(true)
  })

  test("of RudderStack's, with consent by provider", async () => {
    const consentManagement = {
      ...{ provider: 'oneTrust', allowedConsentIds: ['C0001', 'C0002'], deniedConsentIds: ['C0004'] },
      resolutionStrategy: 'and',
    }
    const context = { consentManagement, externalId: externalIds }
    const analytics = new RudderAnalytics(bench.webKey, { dataPlaneUrl: bench.address })
    analytics.track({ anonymousId: 'v-32', event: 'Signed Up', context })
    await flush(analytics)
    expect(await kept(context)).toBe(true)
  })

  test('and nothing of it is in the clear, in what is derived of it neither', async () => {
    const { sql } = bench.context.store
    await workOffRun(bench.context, await openPath(bench.context))
    const tables = await sql<{ name: string }[]>`
      SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname LIKE 'onefold%'`
    for (const { name } of tables) {
      const [clear] = await sql<{ rows: number }[]>`
        SELECT count(*)::int AS rows FROM ${sql.unsafe(name)} AS stored
        WHERE stored::text ~* 'marker|C0004' OR position(encode('marker', 'hex') IN stored::text) > 0`
      expect([name, clear?.rows]).toEqual([name, 0])
    }
  })
})
