import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, type TestContext } from 'vitest'
import { ring } from '../../jobs/ring.ts'
import { startWorker } from '../../jobs/start-worker.ts'
import { settingsSchema } from '../../src/config/settings.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import { untilClosed } from '../faults/disturbed-run.ts'
import { type Backend, BACKENDS, openQueueBench } from '../jobs/backends.ts'

/** Planted where rows succeed and where they fail; must turn up nowhere but inside envelopes. */
const MARKERS = [
  'zz.marker.mail@mailhaven.net',
  'Zzmarkerfirst',
  'Zzmarkerlast',
  '+441514960999',
  '01514960999',
  'Zzmarker Lane',
]

describe.each(BACKENDS)('with the queue on %s', (backend) => {
  test('no personal value is outside sealed columns: database, queue, log (P19)', (context) =>
    plantAndSearch(backend, context))
})

async function plantAndSearch(backend: Backend, testContext: TestContext): Promise<void> {
  const bench = await openQueueBench(backend, 'marker', testContext)
  const folder = await mkdtemp(join(tmpdir(), 'onefold-marker-'))
  const settings = settingsSchema.parse({
    sources: {
      crm: {
        kind: 'people',
        columns: {
          key: 'record_key',
          first: 'given_name',
          last: 'family_name',
          mail: 'email',
          tel: 'phone',
          street: 'street',
        },
        rules: [{ code: 'phone.invalid', severity: 'reject' }],
      },
      shop: {
        kind: 'orders',
        columns: { order: 'order_id', mail: 'email', price: 'unit_price', quantity: 'quantity', at: 'occurred_at' },
      },
      web: {
        kind: 'events',
        columns: {
          id: 'message_id',
          mail: 'email',
          kind: 'event_kind',
          name: 'event_name',
          url: 'url',
          at: 'occurred_at',
        },
      },
      frozen: {
        kind: 'people',
        columns: { mail: 'email' },
        contract: { required: ['mail'], types: { age: 'integer' }, drift: 'freeze' },
      },
    },
  })
  const [mail, first, last, phone, dialled, lane] = MARKERS
  const person = `${first},${last},${mail}`
  const files: Record<string, string> = {
    crm: [
      'key,first,last,mail,tel,street',
      `1,${person},${phone},7 ${lane}`,
      `2,${person},${dialled}999999999,${lane}`,
      `3,"${first},${last}`,
      `${mail},,,,,`,
      `4,${first}\u0000,${last},${mail},${dialled},${lane},${mail},${mail}`,
    ].join('\n'),
    shop: `order,mail,price,quantity,at\n${mail},${mail},0,1,2026-01-01\n${mail},${mail},5,1,not-a-date ${mail}\nA1,${mail},5,1,2026-01-01\n`,
    web: `id,mail,kind,name,url,at\n${mail},${mail},track,Clicked ${mail},https://a.example/?q=${mail},2026-01-01\n2,${mail},${mail},,,2026-01-01\n`,
    frozen: `mail,age\n${mail},${first}\n`,
  }
  const context = { ...bench.context, settings }
  const worker = await startWorker(context, bench.connection, { leaseMs: 5_000, sweepMs: 200, ringAgainMs: 1_000 })
  const runs: OpenedRun[] = []
  for (const [source, text] of Object.entries(files)) {
    const file = join(folder, `${source}.csv`)
    await writeFile(file, text)
    const reading = composeReading(settings.sources[source]!, settings, new Date('2026-06-30T12:00:00Z'))
    runs.push((await openIngest(context, source, reading, [file])) as OpenedRun)
  }
  for (const run of runs) {
    await ring(worker.queue, run.chunks)
    await untilClosed(context, run.runId)
  }
  const path = await openPath(context)
  await ring(worker.queue, path.chunks)
  await untilClosed(context, path.runId)
  const queue = await bench.dumpQueue()
  await worker.stop()

  const places: Record<string, string> = { queue, log: JSON.stringify(bench.logged) }
  const { sql } = bench.context.store
  const tables = await sql<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('onefold', 'onefold_out')`
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ line: string }[]>(`SELECT to_jsonb(t)::text AS line FROM ${name} AS t`)
    places[name] = rows.map((row) => row.line).join('\n')
  }
  const found = Object.entries(places).flatMap(([place, text]) =>
    MARKERS.filter((marker) => text.toLowerCase().includes(marker.toLowerCase())).map(
      (marker) => `${marker} in ${place}`,
    ),
  )
  expect(found).toEqual([])
  // The search would be worth nothing if the rows had not come through.
  const [counts] = await sql`SELECT count(*) FILTER (WHERE outcome = 'accepted') > 2 AS accepted,
    count(*) FILTER (WHERE outcome = 'quarantined') > 1 AS quarantined, count(*) FILTER (WHERE outcome = 'rejected') > 1 AS rejected
    FROM onefold.raw_records`
  expect(counts).toEqual({ accepted: true, quarantined: true, rejected: true })
  expect(await sql`SELECT 1 FROM onefold.runs WHERE state = 'failed'`).toHaveLength(1)
  await rm(folder, { recursive: true, force: true })
  await bench.close()
}
