import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeKey } from '../../src/pipeline/key/revoke-key.ts'
import { listKeys } from '../../src/store/key/list-keys.ts'
import { createWriteKey } from '../../src/pipeline/key/create-key.ts'
import { type ApiBench, openApiBench } from './api-fixture.ts'

let bench: ApiBench
let nowMs = Date.parse('2026-06-30T12:00:00Z')
beforeAll(async () => {
  bench = await openApiBench('segment_api', { now: () => new Date(nowMs) })
})
afterAll(() => bench.close())

const countEvents = async (): Promise<number> =>
  (await bench.context.store.sql<{ count: number }[]>`SELECT count(*) FROM onefold.events`)[0]!.count
const view = (messageId: string) => ({ messageId, type: 'page', anonymousId: 'v-1', timestamp: '2026-06-30T11:59:00Z' })

describe('a message', () => {
  test('is in the ledger when 202 is said, and counts once however often it is sent', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => bench.post('/v1/page', view('once'))))
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(await countEvents()).toBe(1)
    expect(await bench.post('/v1/batch', { batch: [view('once'), view('twice'), view('twice')] })).toMatchObject({
      status: 202,
      body: { success: true },
    })
    expect(await countEvents()).toBe(2)
  })

  test("has the time that the server's clock had when it happened", async () => {
    const message = { anonymousId: 'v-2', event: 'Signed Up', messageId: 'late', timestamp: '2026-06-30T15:00:00.000Z' }
    const sentAt = '2026-06-30T15:10:00.000+00:00'
    expect((await bench.post('/v1/batch', { sentAt, batch: [{ type: 'track', ...message }] })).status).toBe(202)
    const [event] = await bench.context.store.sql<{ at: Date }[]>`
      SELECT occurred_at AS at FROM onefold.events WHERE kind = 'track'`
    expect(event?.at).toEqual(new Date('2026-06-30T11:50:00Z'))
  })

  test('without an id or a time gets one, and one that cannot be read is held', async () => {
    const before = await countEvents()
    const batch = [
      { type: 'track', userId: 'u-9', event: 'Searched' },
      'no object',
      { type: 'page', timestamp: 'soon' },
    ]
    expect((await bench.post('/v1/batch', { batch })).status).toBe(202)
    expect(await countEvents()).toBe(before + 1)
    const held = await bench.context.store.sql`SELECT 1 FROM onefold.quarantine`
    expect(held).toHaveLength(2)
  })

  test('that happened in another age is held, and no month is made for it', async () => {
    const { sql } = bench.context.store
    const countMonths = async () =>
      (await sql`SELECT 1 FROM pg_inherits WHERE inhparent = 'onefold.events'::regclass`).length
    const [events, months] = [await countEvents(), await countMonths()]
    const batch = ['1995-01-01', '9000-05-01', '2026-07-03'].map((day, at) => ({
      ...{ type: 'page', anonymousId: 'v-9', messageId: `age-${at}`, timestamp: `${day}T00:00:00Z` },
    }))
    expect((await bench.post('/v1/batch', { batch })).status).toBe(202)
    expect([await countEvents(), await countMonths()]).toEqual([events, months])
    const held = await sql`SELECT 1 FROM onefold.quarantine WHERE issues::text LIKE '%occurred_at.implausible%'`
    expect(held).toHaveLength(3)
  })

  test('may come as gzip, and with the key of a bearer', async () => {
    const before = await countEvents()
    const body = gzipSync(JSON.stringify({ batch: [view('zipped')] }))
    const headers = { 'content-encoding': 'gzip', authorization: `Bearer ${bench.webKey}` }
    expect((await bench.post('/v1/batch', body, { headers })).status).toBe(202)
    expect(await countEvents()).toBe(before + 1)
  })
})

describe('a request', () => {
  test.each([
    ['that is no JSON', '{"batch": [', 400, 'api.malformed'],
    ['that is no object', '[]', 400, 'api.malformed'],
    ['without a batch', {}, 400, 'api.malformed'],
    ['of too many messages', { batch: Array.from({ length: 2_501 }, () => ({})) }, 413, 'api.too_large'],
    ['of too many bytes', { batch: [], padding: 'x'.repeat(500 * 1024) }, 413, 'api.too_large'],
    [
      'with one large message',
      { batch: [view('small'), { ...view('large'), x: 'x'.repeat(32 * 1024) }] },
      413,
      'api.too_large',
    ],
  ] as const)('%s is refused as a problem, and nothing is taken', async (_, body, status, code) => {
    const before = await countEvents()
    const answer = await bench.post('/v1/batch', body)
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:onefold:problem:${code}` } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await countEvents()).toBe(before)
  })

  test('that inflates to too much, is no gzip, or comes as something else, is refused', async () => {
    const send = (body: Uint8Array, encoding: string) =>
      bench.post('/v1/batch', body, { headers: { 'content-encoding': encoding } })
    expect(await send(gzipSync(Buffer.alloc(50_000_000)), 'gzip')).toMatchObject({ status: 413 })
    expect(await send(Buffer.from('{}'), 'gzip')).toMatchObject({ status: 400, body: { code: 'api.malformed' } })
    expect(await send(Buffer.from('{}'), 'br')).toMatchObject({ status: 415 })
  })

  test('without a key, with a wrong one or a revoked one is refused', async () => {
    for (const key of ['', 'ofw_0000', `${bench.webKey}0`]) {
      const answer = await bench.post('/v1/track', view('secret'), { key })
      expect(answer).toMatchObject({ status: 401, body: { code: 'api.unauthorized' } })
      expect(answer.headers.get('www-authenticate')).toContain('Basic')
    }
    const { keyId, key } = await createWriteKey(bench.context, 'web')
    expect((await bench.post('/v1/track', view('allowed'), { key })).status).toBe(202)
    await revokeKey(bench.context, keyId)
    nowMs += 6_000
    expect((await bench.post('/v1/track', view('refused'), { key })).status).toBe(401)
    await expect(revokeKey(bench.context, keyId)).rejects.toMatchObject({ code: 'key.not_found' })
    const keys = JSON.stringify(await listKeys(bench.context.store.sql))
    expect(keys).toContain(keyId)
    const [stored] = await bench.context.store.sql<{ all: string }[]>`
      SELECT string_agg(written::text, ' ') AS all FROM onefold.write_keys AS written`
    expect(stored?.all).not.toContain(key.slice(4, 20))
  })

  test('to nowhere is a problem, too', async () => {
    expect(await bench.post('/v1/nothing', {})).toMatchObject({ status: 404, body: { code: 'api.not_found' } })
  })
})

test('an hour of requests is one delivery, and every row is accounted for (P2)', async () => {
  const { sql } = bench.context.store
  expect(await sql`SELECT 1 FROM onefold.deliveries`).toHaveLength(1)
  nowMs += 3_600_000
  expect((await bench.post('/v1/page', view('next hour'))).status).toBe(202)
  const runs = await sql`
    SELECT state, (SELECT count(*) FROM onefold.chunks WHERE chunks.run_id = runs.run_id) AS chunks FROM onefold.runs`
  expect(runs).toEqual([
    { state: 'done', chunks: 1 },
    { state: 'done', chunks: 1 },
  ])
  expect(await bench.findBroken()).toEqual([])
})
