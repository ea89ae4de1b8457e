import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres } from '../src/runtime/open-postgres.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { runOnefold } from './run-onefold.ts'
import { declarePeople, writePeople } from './write-people.ts'

/** Odd. */
const COPY_RUNS = 3

/**
 * A million people from a CSV into the ledger (parse, normalize, assess, seal, insert), against COPY of the same file
 * into a table of text columns by the same server in the same run; and a tenth of it, to see whether memory is flat.
 */
export async function benchIngest(scale: number): Promise<Record<string, unknown>> {
  const large = await ingest(Math.round(1_000_000 * scale))
  const small = await ingest(Math.round(100_000 * scale))
  return { large, small, memoryGrowth: Number((large.memory.nodeMiB / small.memory.nodeMiB).toFixed(2)) }
}

async function ingest(records: number) {
  const folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    const file = join(folder, 'people.csv')
    writePeople(file, records, 1)
    declarePeople(folder)
    // The first command makes the cluster; what it costs is not what is measured.
    await runOnefold(folder, ['migrate'])
    const { copySeconds, run } = await measure(folder, file)
    const { counts } = JSON.parse(run.stdout) as { counts: Record<string, number> }
    return {
      records,
      fileMiB: Math.round(readFileSync(file).length / 2 ** 20),
      copySeconds,
      ingestSeconds: run.seconds,
      ratio: Number((run.seconds / copySeconds).toFixed(1)),
      recordsPerSecond: Math.round(records / run.seconds),
      counts,
      memory: run.memory,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Both sides by one running server: neither pays for starting and stopping it. */
async function measure(folder: string, file: string) {
  const handle = await openPostgres(join(folder, '.onefold'))
  try {
    const copySeconds = await copyPlain(openStore(handle.ownerConnection('onefold')), file)
    settleDisk()
    return { copySeconds, run: await runOnefold(folder, ['ingest', 'people', file, '--json']) }
  } finally {
    await handle.release()
  }
}

/**
 * COPY by the server itself, from the file: no client in between. The median of several, since a single one takes
 * between 1.7 and 3.5 s on the same machine.
 */
async function copyPlain(store: Store, file: string): Promise<number> {
  try {
    const header = readFileSync(file, 'utf8').slice(0, 4096).split('\n')[0] ?? ''
    const columns = header
      .trim()
      .split(',')
      .map((name) => `"${name}" text`)
    const seconds: number[] = []
    for (let run = 0; run < COPY_RUNS; run++) {
      await store.sql.unsafe(`CREATE TABLE public.plain_copy (${columns.join(', ')})`)
      settleDisk()
      const startedAt = performance.now()
      await store.sql.unsafe(`COPY public.plain_copy FROM '${file}' (FORMAT csv, HEADER)`)
      seconds.push((performance.now() - startedAt) / 1000)
      await store.sql`DROP TABLE public.plain_copy`
    }
    return Number(seconds.sort((a, b) => a - b)[(COPY_RUNS - 1) / 2]?.toFixed(2))
  } finally {
    await store.close()
  }
}

/** Neither side pays for writing out what came before it. */
function settleDisk(): void {
  execFileSync('sync')
}
