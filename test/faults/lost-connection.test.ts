import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { loadRun } from '../../src/store/run/load-run.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { endWorker, type FaultInput, startWorkerProcess, type Worker, writeFaultInput } from './disturbed-run.ts'
import { openListIngest } from './open-list-ingest.ts'

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
  const run = await openListIngest(context, input, ROWS)

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
