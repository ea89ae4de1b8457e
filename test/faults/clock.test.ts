import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { hashState } from '../../src/store/verify/hash-state.ts'
import { openMigratedDatabase } from '../support/open-migrated-database.ts'
import { workOffRun } from '../support/work-off-run.ts'
import { endWorker, type FaultInput, planRuns, startWorkerProcess, writeFaultInput } from './disturbed-run.ts'

const HOUR_MS = 3_600_000

let input: FaultInput
beforeAll(async () => {
  input = await writeFaultInput()
})
afterAll(() => input.remove())

test.each([-HOUR_MS, HOUR_MS])('a worker whose clock is %i ms off refuses to start (P12)', async (offsetMs) => {
  const database = await openMigratedDatabase('skewed')
  const shift = join(input.folder, `shift${offsetMs}.mjs`)
  await writeFile(
    shift,
    `const now = Date.now; Date.now = () => now() + ${offsetMs}
globalThis.Date = class extends Date { constructor(...a) { if (a.length) super(...a); else super(Date.now()) } }\n`,
  )
  const worker = startWorkerProcess(input.folder, database.url, undefined, {
    nodeArguments: ['--import', pathToFileURL(shift).href],
  })
  onTestFinished(async () => {
    await endWorker(worker, 'SIGKILL')
    await database.drop()
  })
  await expect(worker.ready).rejects.toThrow('clock.skewed')
})

test('a context whose clock is an hour off gives the same state: where it matters the database is asked (P12)', async () => {
  const states = []
  for (const offsetMs of [0, HOUR_MS]) {
    const database = await openMigratedDatabase('shifted')
    const context = { ...database.context, now: () => new Date(Date.now() + offsetMs) }
    for (const open of planRuns(context, input)) await workOffRun(context, await open())
    states.push(await hashState(context.store.sql))
    await database.drop()
  }
  expect(states[1]).toEqual(states[0])
})
