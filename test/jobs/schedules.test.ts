import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startWorker } from '../../jobs/start-worker.ts'
import { type Settings, settingsSchema } from '../../src/config/settings.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { tellWebhook } from '../../src/pipeline/feed/tell-webhook.ts'
import { takeInNow } from '../../src/pipeline/now/take-in-now.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { BACKENDS, openQueueBench } from './backends.ts'

const EVERY_SECOND = '* * * * * *'

/** A folder with one person, and settings of a source that is looked for there every second. */
async function openList(source: object, schedules: object): Promise<{ folder: string; settings: Settings }> {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-schedules-'))
  await deliver(folder, 'a.csv', 'key,first,last\n1,Ada,Marlow\n')
  const list = {
    kind: 'people',
    files: join(folder, '*.csv'),
    schedule: EVERY_SECOND,
    columns: { key: 'record_key', first: 'given_name', last: 'family_name' },
    ...source,
  }
  return { folder, settings: settingsSchema.parse({ sources: { list }, schedules }) }
}

/** Puts a file there whole: whoever looks every second must not find half of one. */
async function deliver(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, `${name}.part`), text)
  await rename(join(folder, `${name}.part`), join(folder, name))
}

describe.each(BACKENDS)('schedules on %s [A7]', (backend) => {
  test('a source is taken in when its cron strikes, an unchanged file only once, and the path is walked', async (context) => {
    const bench = await openQueueBench(backend, 'schedules', context)
    const { folder, settings } = await openList({}, { run: EVERY_SECOND })
    const { sql } = bench.context.store
    const worker = await startWorker({ ...bench.context, settings }, bench.connection, {
      schedules: true,
      sweepMs: 200,
    })
    const published = (people: number): Promise<boolean | undefined> =>
      pollUntil(
        async () => {
          const rows = await sql`SELECT 1 FROM onefold_out.unified_profiles`
          return rows.length === people ? true : undefined
        },
        { timeoutMs: 45_000, intervalMs: 50 },
      )
    expect(await published(1)).toBe(true)
    await deliver(folder, 'b.csv', 'key,first,last\n2,Bruno,Keller\n')
    expect(await published(2)).toBe(true)
    await worker.stop()
    const deliveries = await sql`SELECT 1 FROM onefold.deliveries`
    expect(deliveries).toHaveLength(2)
    await rm(folder, { recursive: true, force: true })
    await bench.close()
  })

  test('a source that is resolved now is published without a walk, and a file that breaks its contract shows as a failed run [C6]', async (context) => {
    const bench = await openQueueBench(backend, 'arrivals', context)
    const { folder, settings } = await openList(
      { resolve: 'now', contract: { required: ['key'], drift: 'freeze' } },
      {},
    )
    const { sql } = bench.context.store
    const worker = await startWorker({ ...bench.context, settings }, bench.connection, {
      schedules: true,
      sweepMs: 200,
    })
    const untilRows = (rows: number, find: () => Promise<readonly unknown[]>): Promise<boolean | undefined> =>
      pollUntil(async () => ((await find()).length >= rows ? true : undefined), { timeoutMs: 45_000, intervalMs: 50 })
    const published = () => sql`SELECT FROM onefold_out.unified_profiles`
    expect(await untilRows(1, published)).toBe(true)
    await deliver(folder, 'b.csv', 'key,first,last\n2,Bruno,Keller\n')
    expect(await untilRows(2, published)).toBe(true)
    await deliver(folder, 'c.csv', 'first,last\nCleo,Winter\n')
    expect(await untilRows(1, () => sql`SELECT FROM onefold.runs WHERE state = 'failed' AND kind = 'ingest'`)).toBe(
      true,
    )
    await worker.stop()
    expect(await sql`SELECT FROM onefold.runs WHERE kind = 'pipeline'`).toEqual([])
    expect(await sql`SELECT DISTINCT mark FROM onefold.deliveries`).toHaveLength(3)
    await rm(folder, { recursive: true, force: true })
    await bench.close()
  })

  test('who leaves a segment by time alone is published without a walk [F3]', async (context) => {
    const bench = await openQueueBench(backend, 'settled', context)
    const columns = { order: 'order_id', customer: 'customer_id', at: 'occurred_at', amount: 'amount' }
    const settings = settingsSchema.parse({ sources: { shop: { kind: 'orders', columns } } })
    const shop = { ...bench.context, settings }
    const reading = composeReading(settings.sources['shop']!, settings, new Date())
    // Recent buyers are those of seven days, which are over in three seconds.
    const at = new Date(Date.now() - 7 * 86_400_000 + 3_000).toISOString()
    const bytes = Buffer.from(`order,customer,at,amount\no1,c1,${at},5\n`)
    await takeInNow(shop, 'shop', reading, { name: 'order.csv', bytes })
    const { sql } = bench.context.store
    const isRecent = async (): Promise<boolean> =>
      (await sql`SELECT FROM onefold_out.unified_profiles WHERE 'recent_buyers' = ANY(segments)`).length === 1
    expect(await isRecent()).toBe(true)
    const worker = await startWorker(shop, bench.connection, { schedules: true })
    const left = async (): Promise<true | undefined> => ((await isRecent()) ? undefined : true)
    expect(await pollUntil(left, { timeoutMs: 45_000, intervalMs: 50 })).toBe(true)
    await worker.stop()
    expect(
      await sql`SELECT kind FROM onefold.outbox WHERE payload ->> 'segment' = 'recent_buyers' ORDER BY at`,
    ).toEqual([{ kind: 'segment.entered' }, { kind: 'segment.left' }])
    await bench.close()
  })

  test('a schedule that is no longer declared is removed', async (context) => {
    const bench = await openQueueBench(backend, 'unscheduled', context)
    const settings = settingsSchema.parse({
      sources: { list: { kind: 'people', files: 'none-*.csv', schedule: '0 4 * * *' } },
    })
    const first = await startWorker({ ...bench.context, settings }, bench.connection, { schedules: true })
    const before = (await first.queue.getJobSchedulers()).map(({ key }) => key).toSorted()
    await first.stop()
    const second = await startWorker(bench.context, bench.connection, { schedules: true })
    const after = (await second.queue.getJobSchedulers()).map(({ key }) => key)
    await second.stop()
    expect(before).toEqual(['list', 'path.run'])
    expect(after).toEqual(['path.run'])
    await bench.close()
  })

  test('a receiver is told by a worker of who is new, and a worker that stops leaves nothing half told [D4]', async (context) => {
    const bench = await openQueueBench(backend, 'schedules', context)
    const told: string[] = []
    const receiver = createServer((request, response) => {
      told.push(String(request.headers['webhook-id']))
      request.resume().on('end', () => response.writeHead(204).end())
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const { port } = receiver.address() as AddressInfo
    const { folder, settings: list } = await openList({ resolve: 'now' }, {})
    const webhooks = { mailing: { url: `http://127.0.0.1:${port}`, changes: ['profile.created' as const] } }
    const settings = { ...list, webhooks }
    const { sql } = bench.context.store
    // It begins before anything happens.
    await tellWebhook({ ...bench.context, settings }, 'mailing', new AbortController().signal)
    const worker = await startWorker({ ...bench.context, settings }, bench.connection, { schedules: true })
    const isTold = await pollUntil(() => Promise.resolve(told.length > 0 ? true : undefined), { timeoutMs: 45_000 })
    expect(isTold).toBe(true)
    await worker.stop()
    const feed = await sql<{ id: string }[]>`
      SELECT 'msg_' || xact || '_' || seq AS id FROM onefold.outbox WHERE kind = 'profile.created'`
    expect(told).toEqual(feed.map(({ id }) => id))
    const [position] = await sql`SELECT attempts, lease FROM onefold.webhook_positions`
    expect(position).toEqual({ attempts: 0, lease: null })
    await new Promise((resolve) => receiver.close(resolve))
    await rm(folder, { recursive: true, force: true })
    await bench.close()
  })
})
