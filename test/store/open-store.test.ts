import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSocket } from '../../src/store/open-socket.ts'
import { openStore } from '../../src/store/open-store.ts'
import { type TestDatabase, openTestDatabase } from '../support/open-test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase('open_store')
})
afterAll(() => database.drop())

async function select(url: string): Promise<number | undefined> {
  const store = openStore({ url }, { max: 2 })
  try {
    const [row] = await store.sql<{ one: number }[]>`SELECT 1 AS one`
    return row?.one
  } finally {
    await store.close()
  }
}

/** Nobody listens there: it is reserved (RFC 6335) and far from the ports that systems give out. */
const CLOSED = '127.0.0.1:1'

test('over TCP nothing small waits for an acknowledgement', async () => {
  const { hostname, port } = new URL(database.url)
  const socket = openSocket()({ host: hostname, port: Number(port) })
  await once(socket, 'connect')
  // Node tells it nowhere else.
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'kSetNoDelay')
  expect(symbol !== undefined && Reflect.get(socket, symbol)).toBe(true)
  socket.destroy()
})

test('a server that offers no TLS is met in the clear where the address allows it', async () => {
  expect(await select(`${database.url}?sslmode=prefer`)).toBe(1)
})

test('of several hosts the next is tried', async () => {
  const { host } = new URL(database.url)
  expect(await select(database.url.replace(host, `${CLOSED},${host}`))).toBe(1)
})

test('a server that is not there fails each query, and none of them waits', async () => {
  const store = openStore({ url: database.url.replace(new URL(database.url).host, CLOSED) }, { max: 2 })
  try {
    const failures = await Promise.allSettled(Array.from({ length: 5 }, async () => store.sql`SELECT 1`))
    expect(failures).toMatchObject(failures.map(() => ({ status: 'rejected', reason: { code: 'ECONNREFUSED' } })))
  } finally {
    await store.close()
  }
})
