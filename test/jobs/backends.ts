import { Redis } from 'ioredis'
import pg from 'pg'
import type { TestContext } from 'vitest'
import type { QueueConnection } from '../../jobs/queues.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { openMigratedDatabase, type MigratedDatabase } from '../support/open-migrated-database.ts'
import { startTestRedis } from '../support/redis-fixture.ts'

export const BACKENDS = ['postgres', 'redis'] as const
export type Backend = (typeof BACKENDS)[number]

/** A database with a queue of one's own on either backend. */
export interface QueueBench extends MigratedDatabase {
  readonly connection: QueueConnection
  /** Empties the queue as an accident would: FLUSHALL, or every table of BullMQ truncated. */
  flush(): Promise<void>
  /** Everything the queue holds, as text: what a thief of it would read. */
  dumpQueue(): Promise<string>
  close(): Promise<void>
}

/** Opens one, or skips the test with the reason why there is no Redis here. */
export async function openQueueBench(backend: Backend, name: string, test: TestContext): Promise<QueueBench> {
  if (backend === 'redis') {
    const redis = await startTestRedis()
    if (redis.url === undefined) {
      test.skip(redis.reason)
      throw new Error('unreachable')
    }
    // Also when the test fails: nobody else would end the server.
    test.onTestFinished(() => redis.stop())
    const { url } = redis
    const database = await openMigratedDatabase(name)
    return {
      ...database,
      connection: { backend: 'redis', url },
      flush: () => withRedis(url, async (client) => void (await client.flushall())),
      dumpQueue: () => withRedis(url, dumpRedis),
      close: async () => {
        await database.drop()
        await redis.stop()
      },
    }
  }
  const database = await openMigratedDatabase(name)
  const queue = await openMigratedDatabase(`${name}_queue`)
  return {
    ...database,
    connection: { backend: 'postgres', database: { url: queue.url } },
    flush: () => withPg(queue.url, truncateAll),
    dumpQueue: () => withPg(queue.url, dumpTables),
    close: async () => {
      await database.drop()
      await queue.drop()
    },
  }
}

async function withRedis<T>(url: string, action: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await action(client)
  } finally {
    client.disconnect()
  }
}

async function dumpRedis(client: Redis): Promise<string> {
  const parts: string[] = []
  for (const key of await client.keys('*')) {
    const bytes = await client.dumpBuffer(key)
    parts.push(key, bytes?.toString('latin1') ?? '')
  }
  return parts.join('\n')
}

async function withPg<T>(url: string, action: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await action(client)
  } finally {
    await client.end()
  }
}

async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'onefold', 'onefold_out')`,
  )
  return rows.map((row) => row.name)
}

async function truncateAll(client: pg.Client): Promise<void> {
  const tables = (await listTables(client)).filter((name) => !/migration|ledger|version/.test(name))
  // Against workers that are at work the truncation may be the victim of a deadlock; the accident happens all the same.
  const emptied = await pollUntil(
    () =>
      client.query(`TRUNCATE ${tables.join(', ')}`).then(
        () => true,
        (error: { code?: string }) => {
          if (error.code !== '40P01') throw error
          return undefined
        },
      ),
    { timeoutMs: 30_000 },
  )
  if (emptied === undefined) throw new Error('the queue could not be emptied')
}

async function dumpTables(client: pg.Client): Promise<string> {
  const parts: string[] = []
  for (const table of await listTables(client)) {
    const { rows } = await client.query(`SELECT to_jsonb(t)::text AS line FROM ${table} AS t`)
    parts.push(table, ...rows.map((row: { line: string }) => row.line))
  }
  return parts.join('\n')
}
