import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ApiBench, openApiBench } from './api-fixture.ts'

let bench: ApiBench
beforeEach(async () => {
  bench = await openApiBench('hostile_input')
})
afterEach(() => bench.close())

const SAID = { type: 'track', anonymousId: 'v-1', timestamp: new Date().toISOString() }

/** Where the rows of the ledger ended. */
async function countRows(): Promise<unknown> {
  const rows = await bench.context.store.sql<{ counts: Readonly<Record<string, number>> }[]>`
    SELECT counts FROM onefold.runs WHERE kind = 'ingest'`
  const sum = (name: string): number => rows.reduce((total, { counts }) => total + (counts[name] ?? 0), 0)
  return { received: sum('received'), accepted: sum('accepted'), quarantined: sum('quarantined') }
}

describe('what no honest sender would send', () => {
  test('a body of 10 MB is refused before it is read to its end, and the next request is answered', async () => {
    const answer = await bench
      .post('/v1/batch', Buffer.alloc(10 * 1024 * 1024, ' '))
      // The server may be gone before all is sent.
      .catch(() => undefined)
    if (answer !== undefined) expect(answer).toMatchObject({ status: 413, body: { code: 'api.too_large' } })
    expect(await bench.post('/v1/track', { ...SAID, event: 'Signed Up', messageId: 'after' })).toMatchObject({
      status: 202,
    })
    expect(await countRows()).toEqual({ received: 1, accepted: 1, quarantined: 0 })
  })

  test('thousands of properties are taken while they fit, and refused when they do not', async () => {
    const withProperties = (count: number): object => ({
      ...{ ...SAID, event: 'Signed Up', messageId: `p-${count}` },
      properties: Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, n])),
    })
    expect(await bench.post('/v1/track', withProperties(2_000))).toMatchObject({ status: 202 })
    expect(await bench.post('/v1/track', withProperties(10_000))).toMatchObject({
      ...{ status: 413, body: { code: 'api.too_large' } },
    })
    expect(await countRows()).toEqual({ received: 1, accepted: 1, quarantined: 0 })
  })

  test('characters that no text has, and values of any type, are accounted for row by row (P2)', async () => {
    const odd = [
      { ...SAID, event: 'Signed \u0000 Up', messageId: 'nul' },
      { ...SAID, event: 'Signed Up', messageId: 'half \ud800', anonymousId: 'v \udc00' },
      { ...SAID, event: { name: 'x' }, messageId: 'object' },
      { ...SAID, event: 'Signed Up', messageId: 7, anonymousId: 7 },
      { ...SAID, event: 'Signed Up', messageId: 'when', timestamp: 'yesterday' },
      { ...SAID, event: 'Signed Up', messageId: 'epoch', timestamp: '1970-01-01T00:00:00Z' },
      { ...SAID, event: 'Signed Up', messageId: 'ahead', timestamp: '2999-01-01T00:00:00Z' },
      { ...SAID, event: 'Signed Up', messageId: 'list', properties: [], context: 'none', traits: 3 },
      { ...SAID, event: 'Signed Up', messageId: '__proto__', ['__proto__']: { admin: true }, constructor: 1 },
      { ...SAID, type: 'teleport', messageId: 'kind' },
      null,
      3,
      'text',
      [],
    ]
    // Escaped, a lone surrogate is JSON.
    const answer = await bench.post('/v1/batch', JSON.stringify({ batch: odd }))
    expect(answer).toMatchObject({ status: 202 })
    const { received, accepted, quarantined } = (await countRows()) as Record<string, number>
    expect({ received, ended: accepted! + quarantined! }).toEqual({ received: odd.length, ended: odd.length })
    expect(accepted).toBeGreaterThan(0)
    expect(quarantined).toBeGreaterThan(0)
    expect(await bench.findBroken()).toEqual([])
  })
})

describe('clients that do not keep to the protocol', () => {
  const begin = async (text: string): Promise<Socket> => {
    const socket = connect(Number(new URL(bench.address).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.on('error', () => {})
    socket.write(text)
    return socket
  }
  const head = (length: number): string =>
    `POST /v1/track HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${bench.webKey}\r\ncontent-length: ${length}\r\n\r\n`

  test('one that hangs up half-way leaves nothing, and others are answered', async () => {
    const body = JSON.stringify({ ...SAID, event: 'Signed Up', messageId: 'half' })
    const socket = await begin(head(body.length) + body.slice(0, 20))
    socket.destroy()
    await once(socket, 'close')
    expect(await bench.post('/v1/track', { ...SAID, event: 'Signed Up', messageId: 'whole' })).toMatchObject({
      status: 202,
    })
    expect(await countRows()).toEqual({ received: 1, accepted: 1, quarantined: 0 })
  })

  test('a hundred that never end their requests keep nobody waiting, nor the server from stopping', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 100 }, (_, n) => begin(n % 2 === 0 ? 'POST /v1' : head(500))),
    )
    expect(await bench.post('/v1/track', { ...SAID, event: 'Signed Up', messageId: 'prompt' })).toMatchObject({
      status: 202,
    })
    const closed = sockets.map((socket) => once(socket, 'close'))
    await bench.api.close()
    await Promise.all(closed)
  })
})
