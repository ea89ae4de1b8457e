import { Redis } from 'ioredis'
import pg from 'pg'
import { type QueueConnection, toPgConfig } from './queues.ts'

/** What can be said of the queue by asking it. */
export type QueueState =
  | { readonly backend: 'redis'; readonly version: string; readonly policy: string | undefined }
  | { readonly backend: 'postgres'; readonly isMigrated: boolean }

const PATIENCE_MS = 3_000

/** Asks the queue's server how it is, and changes nothing. Throws the driver's error when it does not answer. */
export async function inspectQueue(connection: QueueConnection): Promise<QueueState> {
  return connection.backend === 'redis' ? inspectRedis(connection.url) : inspectPostgres(connection)
}

async function inspectRedis(url: string): Promise<QueueState> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // What fails is thrown by the command that needed it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.ping()
    const version = /^(?:valkey|redis)_version:(\S+)/m.exec(await client.info('server'))?.[1] ?? 'unknown'
    // A managed server may refuse to tell its configuration.
    const policy = await client.config('GET', 'maxmemory-policy').then(
      (answer) => answer[1],
      () => undefined,
    )
    return { backend: 'redis', version, policy }
  } finally {
    client.disconnect()
  }
}

async function inspectPostgres(connection: Extract<QueueConnection, { backend: 'postgres' }>): Promise<QueueState> {
  const client = new pg.Client({ ...toPgConfig(connection.database), connectionTimeoutMillis: PATIENCE_MS })
  await client.connect()
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `SELECT to_regclass('bullmq.migration') IS NOT NULL AS there`,
    )
    return { backend: 'postgres', isMigrated: rows[0]?.there === true }
  } finally {
    await client.end()
  }
}
