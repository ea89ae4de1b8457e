import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ring } from '../../jobs/ring.ts'
import { startWorker } from '../../jobs/start-worker.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { loadRun } from '../../src/store/run/load-run.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { type FaultInput, planRuns, untilBegun, untilClosed, writeFaultInput } from '../faults/disturbed-run.ts'
import { openListIngest } from '../faults/open-list-ingest.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { BACKENDS, openQueueBench } from './backends.ts'

let input: FaultInput
let expected: Record<string, string>

beforeAll(async () => {
  input = await writeFaultInput()
  const reference = await openMigratedDatabase('jobs_reference')
  for (const open of planRuns(reference.context, input)) await workOffRun(reference.context, await open())
  expected = await hashState(reference.context.store.sql)
  await reference.drop()
})
afterAll(() => input.remove())

/** Fast enough for a test to wait for. */
const PACE = { leaseMs: 2_000, sweepMs: 100, ringAgainMs: 500 }

describe.each(BACKENDS)('the queue on %s', (backend) => {
  test('works the whole path off, and the state is that of a run without a queue', async (context) => {
    const bench = await openQueueBench(backend, 'jobs_path', context)
    const worker = await startWorker(bench.context, bench.connection, PACE)
    for (const open of planRuns(bench.context, input)) {
      const run = await open()
      await ring(worker.queue, run.chunks)
      await untilClosed(bench.context, run.runId)
    }
    await worker.stop()
    expect(await hashState(bench.context.store.sql)).toEqual(expected)
    const { checks } = await verify(bench.context)
    expect(checks.filter((check) => check.broken > 0)).toEqual([])
    await bench.close()
  })

  test('loses nothing when it is emptied in the middle of a run (P7)', async (context) => {
    const bench = await openQueueBench(backend, 'jobs_flush', context)
    const worker = await startWorker(bench.context, bench.connection, PACE)
    let flushed = 0
    for (const open of planRuns(bench.context, input)) {
      const run = await open()
      await ring(worker.queue, run.chunks)
      await bench.flush()
      flushed += 1
      await untilClosed(bench.context, run.runId)
    }
    await worker.stop()
    expect(flushed).toBe(4)
    expect(await hashState(bench.context.store.sql)).toEqual(expected)
    await bench.close()
  })

  test('a stopped worker hands its chunk back at the next batch, and another goes on from there', async (context) => {
    const bench = await openQueueBench(backend, 'jobs_stop', context)
    const { sql } = bench.context.store
    const run = await openListIngest(bench.context, input, 60_000)
    // Nothing here waits for a lease to run out, and on a busy machine two seconds do.
    const first = await startWorker(bench.context, bench.connection, { ...PACE, leaseMs: 60_000 })
    const started = await untilBegun(bench.context, run.runId)
    await first.stop()
    const [chunk] = await sql<{ state: string; attempts: number; row: number }[]>`
      SELECT state, attempts, (checkpoint ->> 'rowNo')::int AS row FROM onefold.chunks WHERE run_id = ${run.runId}`
    expect(started).toBeLessThan(60_000)
    expect(chunk).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(chunk?.row).toBeLessThan(60_000)
    const second = await startWorker(bench.context, bench.connection, PACE)
    await untilClosed(bench.context, run.runId)
    await second.stop()
    expect((await loadRun(sql, run.runId)).counts).toMatchObject({ received: 60_000, accepted: 60_000 })
    await bench.close()
  })

  test('a chunk that cannot be done is dead, its run failed, and the error says code and place only', async (context) => {
    const bench = await openQueueBench(backend, 'jobs_dead', context)
    const run = await openListIngest(bench.context, input, 3, { required: ['absent'], drift: 'freeze' })
    const worker = await startWorker(bench.context, bench.connection, PACE)
    await ring(worker.queue, run.chunks)
    await untilClosed(bench.context, run.runId)
    await worker.stop()
    expect(await loadRun(bench.context.store.sql, run.runId)).toMatchObject({
      state: 'failed',
      errorCode: 'contract.broken',
    })
    const [received] = await bench.context.store.sql`SELECT count(*) AS rows FROM onefold.raw_records`
    expect(received).toEqual({ rows: 0 })
    await bench.close()
  })
})
