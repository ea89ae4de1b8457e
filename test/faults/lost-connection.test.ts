import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingsSchema } from '../../src/config/settings.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { loadRun } from '../../src/store/run/load-run.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { endWorker, type FaultInput, startWorkerProcess, type Worker, writeFaultInput } from './disturbed-run.ts'

let input: FaultInput
beforeAll(async () => {
  input = await writeFaultInput()
})
afterAll(() => input.remove())

const ROWS = 30_000

test('connections that the server cuts cost an attempt or a worker, never a row', async () => {
  const database = await openMigratedDatabase('cut')
  const { context } = database
  const { sql } = context.store
  const file = join(input.folder, 'cut.csv')
  const lines = Array.from({ length: ROWS }, (_, row) => `k${row},Ida${row},Quill${row}`)
  await writeFile(file, `key,first,last\n${lines.join('\n')}\n`)
  const settings = settingsSchema.parse({
    sources: { list: { kind: 'people', columns: { key: 'record_key', first: 'given_name', last: 'family_name' } } },
  })
  const reading = composeReading(settings.sources['list']!, settings, input.asOf)
  const run = (await openIngest(context, 'list', reading, [file])) as OpenedRun

  // A supervisor in small: whoever dies is replaced.
  let worker: Worker | undefined
  let cuts = 0
  let seenAt = 0
  const closed = await pollUntil(
    async () => {
      if (worker === undefined || worker.process.exitCode !== null)
        worker = startWorkerProcess(input.folder, database.url, undefined)
      const [chunk] = await sql<{ row: number | null }[]>`
        SELECT (checkpoint ->> 'rowNo')::int AS row FROM onefold.chunks WHERE run_id = ${run.runId}`
      const row = chunk?.row ?? 0
      if (row > seenAt && cuts < 3) {
        seenAt = row
        const ended = await sql`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'onefold worker'`
        if (ended.length > 0) cuts += 1
      }
      return (await loadRun(sql, run.runId)).state === 'open' ? undefined : true
    },
    { timeoutMs: 90_000, intervalMs: 5 },
  )
  if (worker !== undefined) await endWorker(worker, 'SIGTERM')
  expect(closed).toBe(true)
  expect(cuts).toBeGreaterThan(0)
  expect(await loadRun(sql, run.runId)).toMatchObject({ state: 'done', counts: { received: ROWS, accepted: ROWS } })
  await database.drop()
})
