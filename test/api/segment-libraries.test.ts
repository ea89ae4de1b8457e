import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
  await new Promise<void>((resolve, reject) => {
    void analytics.flush((failure?: Error) => (failure === undefined || failure === null ? resolve() : reject(failure)))
  })
  expect(await listKinds()).toHaveLength(before + 2)
  expect(await bench.findBroken()).toEqual([])
})
