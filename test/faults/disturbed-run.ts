import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Settings, settingsSchema } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import { openPath } from '../../src/pipeline/open-path.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import { pollUntil } from '../../src/runtime/poll-until.ts'
import { createRandom } from '../../src/sample/create-random.ts'
import { writeSample } from '../../src/sample/write-sample.ts'
import { loadRun } from '../../src/store/run/load-run.ts'
import { TEST_MASTER_KEY } from '../support/open-migrated-database.ts'

const MAIN = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'dist', 'src', 'cli', 'main.js')

/** Short, so that what a killed worker held is taken over soon. */
const LEASE_SECONDS = 1

/** The sample, small, and how its sources are declared. */
export interface FaultInput {
  readonly folder: string
  readonly settings: Settings
  readonly asOf: Date
  remove(): Promise<void>
}

/** Writes a sample of some people, with all its dirt, into a temporary folder. */
export async function writeFaultInput(people = 60): Promise<FaultInput> {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-faults-'))
  const { asOf } = await writeSample(folder, { seed: 7, people })
  const settings = settingsSchema.parse({
    sources: {
      crm: { kind: 'people', preset: 'hubspot-contacts', files: join(folder, 'crm-contacts.csv') },
      shop: { kind: 'orders', preset: 'shopify-orders', files: join(folder, 'shop-orders.csv') },
      web: { kind: 'events', preset: 'segment-events', files: join(folder, 'web-events.jsonl') },
    },
  })
  return { folder, settings, asOf, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** The runs that take the whole input in and walk the path, to be opened one after the other. */
export function planRuns(context: Context, input: FaultInput): (() => Promise<OpenedRun>)[] {
  const ingests = Object.entries(input.settings.sources).map(([name, source]) => async () => {
    const reading = composeReading(source, input.settings, input.asOf)
    return (await openIngest(context, name, reading, [source.files as string])) as OpenedRun
  })
  return [...ingests, () => openPath(context, { asOf: input.asOf })]
}

export interface Worker {
  readonly process: ChildProcess
  /** What it logged, line by line. */
  readonly lines: string[]
  /** Resolves when it has opened the queue. Rejects when it ends before. */
  readonly ready: Promise<void>
}

/** Starts `onefold worker` as a process of its own. */
export function startWorkerProcess(
  folder: string,
  databaseUrl: string,
  redisUrl: string | undefined,
  options: { readonly leaseSeconds?: number; readonly nodeArguments?: readonly string[] } = {},
): Worker {
  const lease = String(options.leaseSeconds ?? LEASE_SECONDS)
  const child = spawn(
    process.execPath,
    [...(options.nodeArguments ?? []), MAIN, 'worker', '--no-schedules', '--lease', lease],
    {
      cwd: folder,
      env: {
        ...process.env,
        ONEFOLD_HOME: join(folder, '.onefold'),
        DATABASE_URL: databaseUrl,
        REDIS_URL: redisUrl ?? '',
        ONEFOLD_MASTER_KEY: TEST_MASTER_KEY.toString('base64'),
      },
      stdio: ['ignore', 'inherit', 'pipe'],
    },
  )
  const lines: string[] = []
  const reader = createInterface({ input: child.stderr as NodeJS.ReadableStream })
  const ready = new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line)
      if (line.includes('worker is ready')) resolve()
    })
    child.once('exit', (code) =>
      reject(new Error(`the worker ended with ${code} before it was ready: ${lines.join('\n')}`)),
    )
  })
  ready.catch(() => {})
  return { process: child, lines, ready }
}

/** Ends a worker at once (kill -9) or gracefully, and waits until it is gone. */
export async function endWorker(worker: Worker, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (worker.process.exitCode !== null || worker.process.signalCode !== null) return
  const gone = once(worker.process, 'exit')
  worker.process.kill(signal)
  await gone
}

async function isClosed(context: Context, runId: string): Promise<boolean> {
  return (await loadRun(context.store.sql, runId)).state !== 'open'
}

/** Waits for a condition. Throws when it does not come true within two minutes: liveness counts as much as safety. */
async function until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const came = await pollUntil(async () => ((await isTrue()) ? true : undefined), { timeoutMs: 120_000 })
  if (came === undefined) throw new Error(`after two minutes ${what}`)
}

/** Waits until a run is closed. Throws when it is not within two minutes. */
export async function untilClosed(context: Context, runId: string): Promise<void> {
  await until(() => isClosed(context, runId), `run ${runId} is still open`)
}

/** Whether a second thread of a worker takes chunks. */
function hasThread(worker: Worker): boolean {
  return worker.lines.some((line) => line.includes('a thread for chunks is ready'))
}

/** Waits until the chunk of a run has kept that it came to a row, and returns which; undefined when it has not in time. */
export async function untilBegun({ store: { sql } }: Context, runId: string): Promise<number | undefined> {
  return pollUntil(
    async () => {
      const [chunk] = await sql<{ row: number | null }[]>`
        SELECT (checkpoint ->> 'rowNo')::int AS row FROM onefold.chunks WHERE run_id = ${runId}`
      return chunk?.row ?? undefined
    },
    { timeoutMs: 30_000, intervalMs: 5 },
  )
}

/**
 * Works the runs off with workers that are killed at seeded random moments, each life up to `longestLifeMs`; after
 * `kills` of them the last worker may live. Sources are taken in one after the other, or `atOnce`, where each life is
 * measured from when a second thread of it takes chunks. Returns how many were really killed while a run was open.
 */
export async function workOffDisturbed(
  context: Context,
  input: FaultInput,
  databaseUrl: string,
  options: {
    readonly seed: number
    readonly kills: number
    readonly longestLifeMs: number
    readonly redisUrl?: string | undefined
    readonly atOnce?: boolean | undefined
  },
): Promise<number> {
  const random = createRandom(options.seed, 'kills')
  const runs = planRuns(context, input)
  const phases = options.atOnce === true ? [runs.slice(0, -1), runs.slice(-1)] : runs.map((run) => [run])
  let killed = 0
  for (const phase of phases) {
    const opened = await Promise.all(phase.map((open) => open()))
    const areClosed = async (): Promise<boolean> =>
      (await Promise.all(opened.map(({ runId }) => isClosed(context, runId)))).every(Boolean)
    while (!(await areClosed())) {
      const worker = startWorkerProcess(input.folder, databaseUrl, options.redisUrl)
      try {
        await worker.ready
        if (killed >= options.kills) await until(areClosed, 'a run is still open')
        else {
          if (phase.length > 1)
            await until(async () => hasThread(worker) || (await areClosed()), 'no second thread takes chunks')
          // The fault itself: a moment that nobody chose.
          await pause(random.fraction() * options.longestLifeMs)
          if (!(await areClosed())) killed += 1
        }
      } finally {
        await endWorker(worker, 'SIGKILL')
      }
    }
  }
  return killed
}
