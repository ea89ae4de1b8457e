import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startWorker } from '../../jobs/start-worker.ts'
import { settingsSchema } from '../../src/config/settings.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { BACKENDS, openQueueBench } from './backends.ts'

const EVERY_SECOND = '* * * * * *'

describe.each(BACKENDS)('schedules on %s [A7]', (backend) => {
  test('a source is taken in when its cron strikes, an unchanged file only once, and the path is walked', async (context) => {
    const bench = await openQueueBench(backend, 'schedules', context)
    const folder = await mkdtemp(join(tmpdir(), 'onefold-schedules-'))
    await writeFile(join(folder, 'a.csv'), 'key,first,last\n1,Ada,Marlow\n')
    const settings = settingsSchema.parse({
      sources: {
        list: {
          kind: 'people',
          files: join(folder, '*.csv'),
          schedule: EVERY_SECOND,
          columns: { key: 'record_key', first: 'given_name', last: 'family_name' },
        },
      },
      schedules: { run: EVERY_SECOND },
    })
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
    await writeFile(join(folder, 'b.csv'), 'key,first,last\n2,Bruno,Keller\n')
    expect(await published(2)).toBe(true)
    await worker.stop()
    const deliveries = await sql`SELECT 1 FROM onefold.deliveries`
    expect(deliveries).toHaveLength(2)
    await rm(folder, { recursive: true, force: true })
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
})
