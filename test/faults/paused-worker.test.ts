import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingsSchema } from '../../src/config/settings.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { loadRun } from '../../src/store/run/load-run.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { endWorker, type FaultInput, startWorkerProcess, untilClosed, writeFaultInput } from './disturbed-run.ts'

let input: FaultInput
beforeAll(async () => {
  input = await writeFaultInput()
})
afterAll(() => input.remove())

const ROWS = 60_000

test('a worker paused past its lease writes nothing when it wakes up (P11)', async () => {
  const database = await openMigratedDatabase('paused')
  const { context } = database
  const { sql } = context.store
  const file = join(input.folder, 'long.csv')
  const lines = Array.from({ length: ROWS }, (_, row) => `k${row},Ida${row},Quill${row}`)
  await writeFile(file, `key,first,last\n${lines.join('\n')}\n`)
  const settings = settingsSchema.parse({
    sources: { list: { kind: 'people', columns: { key: 'record_key', first: 'given_name', last: 'family_name' } } },
  })
  const reading = composeReading(settings.sources['list']!, settings, input.asOf)
  const run = (await openIngest(context, 'list', reading, [file])) as OpenedRun

  const sleeper = startWorkerProcess(input.folder, database.url, undefined)
  await sleeper.ready
  const atWork = await pollUntil(
    async () => {
      const [chunk] = await sql<{ fence: number; row: number | null }[]>`
        SELECT fence, (checkpoint ->> 'rowNo')::int AS row FROM onefold.chunks WHERE run_id = ${run.runId}`
      return (chunk?.row ?? 0) > 0 ? chunk : undefined
    },
    { timeoutMs: 30_000, intervalMs: 5 },
  )
  sleeper.process.kill('SIGSTOP')
  expect(atWork?.row ?? ROWS).toBeLessThan(ROWS)

  const other = startWorkerProcess(input.folder, database.url, undefined)
  await other.ready
  await untilClosed(context, run.runId)
  await endWorker(other, 'SIGTERM')
  const before = await hashState(sql)
  const [chunk] = await sql<{ fence: number }[]>`SELECT fence FROM onefold.chunks WHERE run_id = ${run.runId}`
  expect(chunk?.fence).toBeGreaterThan(atWork?.fence ?? 0)

  sleeper.process.kill('SIGCONT')
  const noticed = await pollUntil(
    async () => sleeper.lines.find((line) => line.includes('lease.lost') || line.includes('"state":"lost"')),
    { timeoutMs: 30_000 },
  )
  await endWorker(sleeper, 'SIGTERM')
  expect(noticed).toBeDefined()
  expect(await hashState(sql)).toEqual(before)
  expect((await loadRun(sql, run.runId)).counts).toMatchObject({ received: ROWS, accepted: ROWS })
  await database.drop()
})
