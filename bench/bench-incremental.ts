import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../src/pipeline/context.ts'
import { composeReading } from '../src/pipeline/ingest/compose-reading.ts'
import { takeInNow } from '../src/pipeline/now/take-in-now.ts'
import { openBenchApplication } from './open-bench-application.ts'
import { runOnefold } from './run-onefold.ts'
import { summarizeTimes } from './summarize-times.ts'
import { declarePeople, writePeople } from './write-people.ts'

/** Arrivals of each kind, one at a time; enough for a 99th percentile with four slower ones. */
const SINGLES = 400
/** Until V8 has compiled what runs once an arrival, some thousands of arrivals: a worker runs for days. */
const WARM_UP = 3_000
/** Records that come together while others arrive steadily, and how many in all. */
const TOGETHER = 20
const SUSTAINED = 3_000

type Arrival = 'new person' | 'known person' | 'correction'

/**
 * One record against a base of a million people (`scale` 1) that the pipeline has taken in and resolved [C6]: each
 * arrival from its bytes to the published profile, in the process of a worker. `ONEFOLD_BENCH_BASE` names a folder whose
 * base is kept and used again, since making it takes much longer than measuring.
 */
export async function benchIncremental(scale: number): Promise<Record<string, unknown>> {
  const records = Math.round(1_000_000 * scale)
  const kept = process.env['ONEFOLD_BENCH_BASE']
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    const base = existsSync(join(folder, 'base.json'))
      ? readJson(join(folder, 'base.json'))
      : await makeBase(folder, records)
    return { records, base, ...(await measure(folder, records)) }
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

async function makeBase(folder: string, records: number): Promise<unknown> {
  const file = join(folder, 'people.csv')
  writePeople(file, records, 1)
  declarePeople(folder)
  await runOnefold(folder, ['migrate'])
  const ingest = await runOnefold(folder, ['ingest', 'people', file, '--json'])
  const run = await runOnefold(folder, ['run', '--json'])
  const { counts } = JSON.parse(run.stdout) as { counts: Record<string, number> }
  const base = {
    ingestSeconds: ingest.seconds,
    runSeconds: run.seconds,
    profiles: counts['published'],
    pairs: counts['pairs'],
  }
  writeFileSync(join(folder, 'base.json'), JSON.stringify(base))
  return base
}

async function measure(folder: string, records: number): Promise<Record<string, unknown>> {
  const application = await openBenchApplication(folder)
  try {
    const arrive = openArrivals(application.context)
    const lines = listLines(folder, records)
    const alone: Record<string, unknown> = {}
    for (let n = 0; n < WARM_UP; n++) await arrive([lines('new person')])
    for (const kind of ['new person', 'known person', 'correction'] as const) {
      const times: number[] = []
      const usedBefore = process.cpuUsage()
      for (let n = 0; n < SINGLES; n++) {
        const line = lines(kind)
        const startedAt = performance.now()
        await arrive([line])
        times.push(performance.now() - startedAt)
      }
      const used = process.cpuUsage(usedBefore)
      const nodeMs = Number(((used.user + used.system) / 1000 / SINGLES).toFixed(1))
      alone[kind] = { ...summarizeTimes(times), nodeMs, load: loadavg()[0] }
    }
    return { alone, sustained: await sustain(arrive, lines) }
  } finally {
    await application.close()
  }
}

/** Small batches one after another, as fast as they are taken in; each of all kinds. */
async function sustain(
  arrive: (lines: readonly string[]) => Promise<void>,
  lines: (kind: Arrival) => string,
): Promise<Record<string, unknown>> {
  const times: number[] = []
  const startedAt = performance.now()
  for (let taken = 0; taken < SUSTAINED; taken += TOGETHER) {
    const batch = Array.from({ length: TOGETHER }, (_, n) =>
      lines(n % 4 === 0 ? 'known person' : n % 4 === 1 ? 'correction' : 'new person'),
    )
    const batchAt = performance.now()
    await arrive(batch)
    times.push(performance.now() - batchAt)
  }
  const seconds = (performance.now() - startedAt) / 1000
  return {
    records: SUSTAINED,
    together: TOGETHER,
    recordsPerSecond: Math.round(SUSTAINED / seconds),
    batch: summarizeTimes(times),
    load: loadavg()[0],
  }
}

function openArrivals(context: Context): (lines: readonly string[]) => Promise<void> {
  const source = context.settings.sources['people']
  if (source === undefined) throw new Error('the configuration has no source people')
  const reading = composeReading(source, context.settings, context.now())
  return async (lines) => {
    const bytes = Buffer.from(`${HEADER}\n${lines.join('\n')}\n`)
    const { counts, isResolved } = await takeInNow(context, 'people', reading, { name: 'arrival.csv', bytes })
    if (counts['accepted'] !== lines.length || !isResolved)
      throw new Error(`${counts['accepted'] ?? 0} of ${lines.length} records were accepted`)
  }
}

const HEADER = 'id,first_name,last_name,birth_date,email,phone,street,city,postcode,updated_at,entity'

/** Lines of each kind, never the same twice: strangers of another seed; people of the base again; records of the base with a new street. */
function listLines(folder: string, records: number): (kind: Arrival) => string {
  const strangers = join(folder, 'strangers.csv')
  writePeople(strangers, 20_000, 2)
  const fresh = readFileSync(strangers, 'utf8').split('\n').slice(1, -1)
  const known = openLines(join(folder, 'people.csv'))
  // A base that was measured before has the records of that time.
  const run = Date.now()
  const next: Record<Arrival, number> = {
    'new person': run % 7_919,
    'known person': run % 6_007,
    correction: run % 5_003,
  }
  const stride = Math.max(1, Math.floor(records / 20_011))
  return (kind) => {
    const turn = next[kind]++
    const from =
      kind === 'new person' ? (fresh[turn % fresh.length] as string) : known.at((turn * stride) % known.count)
    const cells = from.split(',')
    if (kind === 'correction') cells.splice(6, 1, `${1 + (turn % 240)} Corrected${run % 100_000} Street`)
    else cells[0] = `${kind.charAt(0)}${run}-${turn}`
    cells[9] = '2026-07-01'
    return cells.join(',')
  }
}

/** The lines under a file's header, outside the heap of V8: as strings, a million would make its collections slower than a worker's. */
function openLines(file: string): { readonly count: number; readonly at: (index: number) => string } {
  const bytes = readFileSync(file)
  const starts: number[] = []
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) starts.push(end + 1)
  const startOf = Uint32Array.from(starts)
  return {
    count: startOf.length - 1,
    at: (index) => bytes.toString('utf8', startOf[index], (startOf[index + 1] ?? 0) - 1),
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
