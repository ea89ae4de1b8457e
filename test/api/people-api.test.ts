import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApi, serveApi } from '../../src/api/serve-api.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { createReadKey, createWriteKey } from '../../src/pipeline/key/create-key.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { configure, ingestText } from '../pipeline/ingest-text.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'

const RUN_AT = new Date('2026-06-30T12:00:00Z')
const ORDERS = `order,customer,mail,at,amount
o1,c1,ada@mailhaven.net,2026-06-25T12:00:00Z,300
o2,c2,shared@mailhaven.net,2026-06-25T12:00:00Z,80
o3,c3,shared@mailhaven.net,2026-06-25T12:00:00Z,80
`

let database: MigratedDatabase
let context: Context
let api: ServedApi
let readKey: string
let now = RUN_AT
beforeAll(async () => {
  database = await openMigratedDatabase('people_api')
  context = {
    ...configure(database.context, {
      sources: {
        shop: {
          kind: 'orders',
          columns: { order: 'order_id', customer: 'customer_id', mail: 'email', at: 'occurred_at', amount: 'amount' },
        },
      },
      identity: { identifiers: { email: { mode: 'evidence' } } },
      segments: {
        regulars: {
          ...{ description: 'Bought lately.', owner: 'marketing', review: '2027-06-30', name: 'Regulars' },
          rule: { feature: 'last_purchase_at', within: '7d' },
        },
      },
    }),
    now: () => now,
  }
  await ingestText(context, 'shop', ORDERS)
  await workOffRun(context, await openPath(context, { asOf: RUN_AT }))
  readKey = (await createReadKey(context, 'teller')).key
  api = await serveApi(context, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

async function ask(person: string, key = readKey) {
  const path = `/v1/people/${encodeURIComponent(person)}/segments`
  const answer = await fetch(`http://127.0.0.1:${api.port}${path}`, { headers: { authorization: `Bearer ${key}` } })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
}

const namesOf = (body: Record<string, unknown>) =>
  (body['segments'] as { segment: string }[]).map(({ segment }) => segment)

test('a person is answered with every segment they are in, why, since when and until when [J1]', async () => {
  now = RUN_AT
  const { status, body, headers } = await ask('c1')
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(body).toMatchObject({
    profileId: expect.stringMatching(/^p_[0-9a-f]{32}$/),
    computedAt: RUN_AT.toISOString(),
    segments: expect.arrayContaining([
      {
        ...{ segment: 'regulars', version: 1, name: 'Regulars', since: RUN_AT.toISOString() },
        ...{ reason: 'last_purchase_at 2026-06-25T12:00Z (within 7 days)', until: '2026-07-02T12:00:00.001Z' },
      },
    ]),
  })
  // Asked by the id that consumers know, the same is answered; nothing of the person is.
  expect((await ask(body['profileId'] as string)).body['segments']).toEqual(body['segments'])
  expect(JSON.stringify(body)).not.toContain('ada')
})

test('what time alone changes is right at the millisecond', async () => {
  now = new Date('2026-07-02T12:00:00.000Z')
  expect(namesOf((await ask('c1')).body)).toContain('regulars')
  now = new Date(now.getTime() + 1)
  expect(namesOf((await ask('c1')).body)).not.toContain('regulars')
})

test('only a read key reads, and it writes nothing', async () => {
  now = RUN_AT
  const writeKey = (await createWriteKey(context, 'shop')).key
  for (const key of [writeKey, 'ofr_0000000000000000000000000000000000000000', ''])
    expect(await ask('c1', key)).toMatchObject({ status: 401, body: { code: 'api.unauthorized' } })
  const sent = await fetch(`http://127.0.0.1:${api.port}/v1/records/shop`, {
    ...{ method: 'POST', body: '{}' },
    headers: { authorization: `Bearer ${readKey}` },
  })
  expect(sent.status).toBe(401)
  const asked = await fetch(`http://127.0.0.1:${api.port}/v1/people/c1/segments`, {
    headers: { authorization: `Bearer ${readKey}`, origin: 'https://elsewhere.example' },
  })
  expect(asked.headers.get('access-control-allow-origin')).toBeNull()
})

test('who is not known, or is several, is told so without a word of what was asked', async () => {
  now = RUN_AT
  expect(await ask('nobody@mailhaven.net')).toMatchObject({ status: 404, body: { code: 'profile.not_found' } })
  const several = await ask('shared@mailhaven.net')
  expect(several).toMatchObject({ status: 409, body: { code: 'profile.ambiguous' } })
  expect(JSON.stringify(several.body)).not.toContain('shared')
})
