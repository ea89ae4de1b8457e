import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChunkThreads } from '../../jobs/open-chunk-threads.ts'
import { ring } from '../../jobs/ring.ts'
import { startWorker } from '../../jobs/start-worker.ts'
import { OnefoldError } from '../../src/errors.ts'
import type { ContextParts } from '../../src/runtime/open-context.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { giveBackHeld } from '../../src/pipeline/run-chunk.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import type { ChunkRef } from '../../src/store/run/chunk.ts'
import { leaseChunk } from '../../src/store/run/lease-chunk.ts'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { type FaultInput, planRuns, untilBegun, untilClosed, writeFaultInput } from '../faults/disturbed-run.ts'
import { openListIngest } from '../faults/open-list-ingest.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { openQueueBench } from './backends.ts'

const LEASE_MS = 60_000
const READY = 'a thread for chunks is ready'

let input: FaultInput

beforeAll(async () => {
  input = await writeFaultInput()
})
afterAll(() => input.remove())

/** What a thread opens its context from; `role` names its connections. */
function listParts({ context, url }: MigratedDatabase, role = 'thread'): ContextParts {
  const { settings, keyring, actor } = context
  const database = { database: { url }, role, databaseRole: undefined, idleInTransactionMs: undefined }
  return { ...database, settings, keyring, home: input.folder, actor }
}

/** Waits until a line was logged. */
async function untilLogged({ logged }: MigratedDatabase, message: string): Promise<void> {
  const isLogged = (): true | undefined => (logged.some((line) => line.message === message) ? true : undefined)
  expect(await pollUntil(async () => isLogged(), { timeoutMs: 30_000, intervalMs: 5 })).toBe(true)
}

/** Opens the runs of three sources, none of which waits for another; returns the chunk of each. */
async function openIngests(database: MigratedDatabase): Promise<ChunkRef[]> {
  const runs = await Promise.all(
    planRuns(database.context, input)
      .slice(0, 3)
      .map((open) => open()),
  )
  return runs.flatMap((run) => run.chunks)
}

test('a second chunk at a time has a thread started, and the next is done there', async () => {
  const database = await openMigratedDatabase('chunk_threads')
  const { sql } = database.context.store
  const role = randomUUID()
  const threads = openChunkThreads(
    database.context,
    { parts: listParts(database, role), most: 1 },
    LEASE_MS,
    new AbortController().signal,
  )
  const countTheirs = async (): Promise<number> =>
    (await sql`SELECT FROM pg_stat_activity WHERE application_name = ${`onefold ${role}`}`).length
  const [crm, shop, web] = (await openIngests(database)) as [ChunkRef, ChunkRef, ChunkRef]
  expect(await Promise.all([threads.run(crm), threads.run(shop)])).toEqual(['done', 'done'])
  await untilLogged(database, READY)
  expect(await countTheirs()).toBe(0)
  expect(await threads.run(web)).toBe('done')
  expect(await countTheirs()).toBeGreaterThan(0)
  const [received] = await sql`SELECT count(*) AS rows FROM onefold.records WHERE source = 'web'`
  expect(received!['rows']).toBeGreaterThan(0)
  expect(await threads.run(web)).toBe('not_due')
  await threads.close()
  await database.drop()
})

test('one chunk at a time starts none', async () => {
  const database = await openMigratedDatabase('chunk_threads_one')
  const others = { parts: listParts(database), most: 1 }
  const threads = openChunkThreads(database.context, others, LEASE_MS, new AbortController().signal)
  for (const chunk of await openIngests(database)) expect(await threads.run(chunk)).toBe('done')
  await threads.close()
  expect(database.logged.filter((line) => line.message === READY)).toEqual([])
  await database.drop()
})

test('who stops has the chunk of a thread handed back, too', async () => {
  const database = await openMigratedDatabase('chunk_threads_stop')
  const stopping = new AbortController()
  const others = { parts: listParts(database), most: 1 }
  const threads = openChunkThreads(database.context, others, LEASE_MS, stopping.signal)
  const [crm, shop] = (await openIngests(database)) as [ChunkRef, ChunkRef]
  await Promise.all([threads.run(crm), threads.run(shop)])
  await untilLogged(database, READY)
  const list = await openListIngest(database.context, input, 60_000)
  const outcome = threads.run(list.chunks[0]!)
  expect(await untilBegun(database.context, list.runId)).toBeLessThan(60_000)
  stopping.abort()
  expect(await outcome).toBe('returned')
  await threads.close()
  await database.drop()
})

test('a thread that cannot be opened leaves all chunks to this one, and the log says so', async () => {
  const database = await openMigratedDatabase('chunk_threads_broken')
  const parts = { ...listParts(database), database: undefined as never }
  const threads = openChunkThreads(database.context, { parts, most: 1 }, LEASE_MS, new AbortController().signal)
  const [crm, shop, web] = (await openIngests(database)) as [ChunkRef, ChunkRef, ChunkRef]
  expect(await Promise.all([threads.run(crm), threads.run(shop)])).toEqual(['done', 'done'])
  await untilLogged(database, 'a thread for chunks has failed')
  expect(await threads.run(web)).toBe('done')
  await threads.close()
  await database.drop()
})

test('what a thread held that is gone is given back as failed, and is dead at last (P11)', async () => {
  const database = await openMigratedDatabase('chunk_threads_gone')
  const { context } = database
  const { sql } = context.store
  const [chunk] = (await openIngests(database)) as [ChunkRef]
  const gone = new OnefoldError('store', 'chunk.thread_ended', 'Gone.', { retryable: true })
  expect(await giveBackHeld(context, chunk, gone)).toBe('lost')
  const outcomes: string[] = []
  while (outcomes.at(-1) !== 'dead') {
    await sql`UPDATE onefold.chunks SET not_before = NULL`
    expect(await leaseChunk(sql, chunk, context.actor, LEASE_MS)).toBeDefined()
    outcomes.push(await giveBackHeld(context, chunk, gone))
  }
  expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'waiting'), 'dead'])
  expect(await giveBackHeld(context, chunk, gone)).toBe('lost')
  await database.drop()
})

test('a worker that cannot start leaves no connection open', async (context) => {
  const bench = await openQueueBench('postgres', 'chunk_threads_start', context)
  const { settings } = bench.context
  const never = { ...settings, schedules: { ...settings.schedules, run: '61 99 * * *' } }
  const { sql } = bench.context.store
  const { url } = (bench.connection as { database: { url: string } }).database
  const countOpen = async (): Promise<number> =>
    (await sql`SELECT FROM pg_stat_activity WHERE datname = ${new URL(url).pathname.slice(1)}`).length
  const before = await countOpen()
  const starting = startWorker({ ...bench.context, settings: never }, bench.connection, { schedules: true })
  await expect(starting).rejects.toThrow()
  const isFree = async (): Promise<true | undefined> => ((await countOpen()) === before ? true : undefined)
  expect(await pollUntil(isFree, { timeoutMs: 5_000, intervalMs: 10 })).toBe(true)
  await bench.close()
})

test('sources taken in at once by several threads are what they are taken in one by one', async (context) => {
  const reference = await openMigratedDatabase('chunk_threads_reference')
  for (const open of planRuns(reference.context, input)) await workOffRun(reference.context, await open())
  const bench = await openQueueBench('postgres', 'chunk_threads_path', context)
  const worker = await startWorker(bench.context, bench.connection, { concurrency: 3, parts: listParts(bench) })
  const chunks = await openIngests(bench)
  await ring(worker.queue, chunks)
  for (const { runId } of chunks) await untilClosed(bench.context, runId)
  if (availableParallelism() > 1) await untilLogged(bench, READY)
  const path = await planRuns(bench.context, input)[3]!()
  await ring(worker.queue, path.chunks)
  await untilClosed(bench.context, path.runId)
  await worker.stop()
  const { checks } = await verify(bench.context)
  expect(checks.filter((check) => check.broken > 0)).toEqual([])
  // Which of the records of a person gives the profile its id goes by which came first.
  const { records, identifiers, judgements } = await hashState(reference.context.store.sql)
  expect(await hashState(bench.context.store.sql)).toMatchObject({ records, identifiers, judgements })
  await bench.close()
  await reference.drop()
})
