import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { loadRun } from '../../src/store/run/load-run.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { endWorker, type FaultInput, startWorkerProcess, untilClosed, writeFaultInput } from './disturbed-run.ts'
import { openListIngest } from './open-list-ingest.ts'

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
  const run = await openListIngest(context, input, ROWS)

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
  // It either finds its lease gone, or its connection, which the server has ended after the same silence.
  const noticed = await pollUntil(
    async () => sleeper.lines.find((line) => /lease\.lost|"state":"lost"|store\.connection_lost/.test(line)),
    { timeoutMs: 30_000 },
  )
  await endWorker(sleeper, 'SIGTERM')
  expect(noticed).toBeDefined()
  expect(await hashState(sql)).toEqual(before)
  expect((await loadRun(sql, run.runId)).counts).toMatchObject({ received: ROWS, accepted: ROWS })
  await database.drop()
})
