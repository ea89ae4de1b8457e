import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceRun } from '../../src/pipeline/advance-run.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import { retryRun } from '../../src/pipeline/retry-run.ts'
import { runChunk } from '../../src/pipeline/run-chunk.ts'
import { loadProgress } from '../../src/store/run/load-progress.ts'
import { loadStatus } from '../../src/pipeline/status/load-status.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { configure } from './ingest-text.ts'

let database: MigratedDatabase
let context: Context
let folder: string
beforeAll(async () => {
  database = await openMigratedDatabase('retry')
  context = configure(database.context, {
    sources: { crm: { kind: 'people', columns: { Id: 'record_key', Email: 'email' } } },
  })
  folder = await mkdtemp(join(tmpdir(), 'onefold-retry-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await database.drop()
})

/** Delivers a file that is gone when its turn comes, so that the run fails. */
async function failIngest(file: string): Promise<string> {
  await writeFile(file, 'Id,Email\n1,ina.fell@brightmail.co.uk\n')
  const reading = composeReading(context.settings.sources['crm'] as never, context.settings, context.now())
  const run = await openIngest(context, 'crm', reading, [file])
  await rename(file, `${file}.away`)
  for (const chunk of run?.chunks ?? [])
    expect(await runChunk(context, chunk, new AbortController().signal)).toBe('dead')
  await advanceRun(context, run?.runId ?? '')
  return run?.runId ?? ''
}

/** A walk that failed at its first stage, as `advanceRun` leaves it. */
async function failWalk(): Promise<string> {
  const { sql } = context.store
  const { runId } = await openPath(context)
  await sql`UPDATE onefold.chunks SET state = 'dead', error_code = 'store.no_space' WHERE run_id = ${runId} AND state <> 'done'`
  await sql`
    INSERT INTO onefold.chunks (run_id, stage, chunk_no, reference, state, error_code)
    VALUES (${runId}, 'publish', 99, '{}', 'dead', 'store.no_space')`
  await sql`UPDATE onefold.runs SET state = 'failed', error_code = 'store.no_space', finished_at = now() WHERE run_id = ${runId}`
  return runId
}

test('a failed run is shown with its dead chunk, goes on when tried again, and is shown no more', async () => {
  const file = join(folder, 'people.csv')
  const runId = await failIngest(file)
  expect((await loadStatus(context)).deadChunks).toMatchObject([
    { runId, stage: 'ingest', chunkNo: 0, errorCode: 'source.no_file' },
  ])
  await rename(`${file}.away`, file)
  const ended = await workOffRun(context, await retryRun(context, runId))
  expect(ended).toMatchObject({ state: 'done', errorCode: null, counts: { received: 1, accepted: 1 } })
  expect((await loadStatus(context)).deadChunks).toEqual([])
  const audit = await context.store
    .sql`SELECT details FROM onefold.audit_log WHERE action = 'run.retried' AND subject = ${runId}`
  expect(audit).toHaveLength(1)
})

test('a run whose next stage cannot be planned has failed, and nobody waits for it', async () => {
  const { runId, chunks } = await openPath(context)
  const circle = { description: 'Nobody.', owner: 'marketing', review: '2027-06-30', rule: { segment: 'nobody' } }
  const edited = configure(context, { segments: { nobody: circle } })
  for (const chunk of chunks) expect(await runChunk(edited, chunk, new AbortController().signal)).toBe('done')
  // Stages without work are passed over until one is planned or cannot be.
  for (let due = await advanceRun(edited, runId); due.length > 0; due = await advanceRun(edited, runId))
    for (const chunk of due) expect(await runChunk(edited, chunk, new AbortController().signal)).toBe('done')
  expect(await loadProgress(context.store.sql, runId)).toMatchObject({ state: 'failed', errorCode: 'segment.circular' })
})

test('a run that did not fail has nothing to try again', async () => {
  const run = await openPath(context)
  await workOffRun(context, run)
  await expect(retryRun(context, run.runId)).rejects.toMatchObject({ code: 'run.not_failed' })
  await expect(retryRun(context, context.newId())).rejects.toMatchObject({ code: 'run.not_found' })
})

test('a walk that a later walk followed to its end is not tried again: its numbers would be older', async () => {
  const runId = await failWalk()
  expect((await loadStatus(context)).deadChunks).not.toEqual([])
  await workOffRun(context, await openPath(context))
  await expect(retryRun(context, runId)).rejects.toMatchObject({ code: 'run.superseded' })
  expect((await loadStatus(context)).deadChunks).toEqual([])
})

test('a walk is not opened beside another', async () => {
  const runId = await failWalk()
  const { sql } = context.store
  const other = context.newId()
  await sql`INSERT INTO onefold.runs (run_id, kind, stages, state, started_at) VALUES (${other}, 'pipeline', '{publish}', 'open', now())`
  await expect(retryRun(context, runId)).rejects.toMatchObject({ code: 'run.already_open' })
  await sql`DELETE FROM onefold.runs WHERE run_id = ${other}`
})
