import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runOnefold } from './run-onefold.ts'

const HERE = dirname(fileURLToPath(import.meta.url))

const CONFIGURATION = `sources:
  web:
    kind: events
    preset: segment-events
`

/** Five million events from JSON Lines into the ledger, then along the path into sessions; rates of both. */
export async function benchEvents(scale: number): Promise<Record<string, unknown>> {
  const events = Math.round(5_000_000 * scale)
  const folder = mkdtempSync(join(tmpdir(), 'onefold-bench-'))
  chmodSync(folder, 0o755)
  try {
    const file = join(folder, 'events.jsonl')
    const people = String(Math.max(100, Math.round(events / 20)))
    execFileSync(
      process.execPath,
      [join(HERE, 'make-events.js'), '--events', String(events), '--people', people, '--seed', '1', '--out', file],
      { stdio: 'ignore' },
    )
    writeFileSync(join(folder, 'onefold.config.yaml'), CONFIGURATION)
    await runOnefold(folder, ['migrate'])
    const ingest = await runOnefold(folder, ['ingest', 'web', file, '--json'])
    const path = await runOnefold(folder, ['run', '--json'])
    const { counts } = JSON.parse(path.stdout) as { counts: Record<string, number> }
    return {
      events,
      people: Number(people),
      fileMiB: Math.round(statSync(file).size / 2 ** 20),
      ingestSeconds: ingest.seconds,
      eventsPerSecond: Math.round(events / ingest.seconds),
      pathSeconds: path.seconds,
      sessions: counts['sessions'],
      memory: { ingest: ingest.memory, path: path.memory },
      counts,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
