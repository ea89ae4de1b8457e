import { loadStatus, type Status } from '../../pipeline/status/load-status.ts'
import { formatSpan } from '../format-span.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'

/** Shows how everything stands. Exit code 1 when work is dead or a source is later than its contract allows. */
export async function status(options: { readonly json?: boolean }): Promise<number> {
  return withSession('cli', async (session) => {
    const loaded = await loadStatus(session.context)
    const embedded = session.database.embedded !== undefined
    const queue = session.queueConnection.backend
    if (options.json === true) {
      const { database, ...rest } = loaded
      printJson({ database: { ...database, embedded }, queue, ...rest })
    } else printStatus(loaded, embedded, queue)
    const late = loaded.sources.some(({ freshness }) => freshness === 'error')
    return late || loaded.deadChunks.length > 0 ? 1 : 0
  })
}

function printStatus(loaded: Status, embedded: boolean, queue: string): void {
  const { database, sources, ledger, audit } = loaded
  printLine(
    `Database  PostgreSQL ${database.version}, ${embedded ? 'embedded' : 'DATABASE_URL'}, ${formatBytes(database.bytes)}`,
  )
  printLine(`Queue     ${queue === 'redis' ? 'Redis' : 'PostgreSQL'}`)
  printLine(
    `Audit     ${formatNumber(audit.entries)} entries, ${audit.lastRoot === null ? 'no root yet' : `root ${audit.lastRoot.root.slice(0, 16)}… over ${formatNumber(audit.lastRoot.count)}`}`,
  )
  section(
    'Sources',
    sources.length === 0
      ? '  none; next: `onefold ingest NAME FILE --save`'
      : formatTable(
          sources.map(({ source, deliveries, lastReceivedAt, ageMs, freshness, held, configured }) => [
            configured ? source : `${source} (not configured)`,
            deliveries,
            lastReceivedAt === null || ageMs === null ? 'never' : `${formatAge(ageMs)} ago`,
            freshness,
            held,
          ]),
          ['source', 'deliveries', 'last received', 'freshness', 'held'],
        ),
  )
  section(
    'Ledger',
    formatTable(
      ['accepted', 'duplicate', 'quarantined', 'rejected', 'erased'].map((name) => [name, ledger[name] ?? 0]),
    ),
  )
  section(
    'Identity',
    formatTable([
      ...['received', 'new', 'keyed', 'compared', 'resolved'].map((step): [string, number] => [
        `records ${step}`,
        loaded.recordsByResolution[step] ?? 0,
      ]),
      ['profiles', loaded.profiles],
      ['merges', loaded.merges],
      ['splits', loaded.splits],
      ['redirects', loaded.redirects],
      ...Object.entries(loaded.reviewsByReason).map(([reason, open]): [string, number] => [
        `reviews (${reason})`,
        open,
      ]),
      ['events', loaded.events],
      ['sessions', loaded.sessions],
    ]),
  )
  if (loaded.segments.length > 0) {
    section(
      'Segments',
      formatTable(
        loaded.segments.map(({ segmentId, name, members }) => [segmentId, name, members]),
        ['segment', 'name', 'members'],
      ),
    )
  }
  if (loaded.openRuns.length > 0) {
    section(
      'Open runs',
      formatTable(
        loaded.openRuns.map((run) => [
          run.runId,
          run.source ?? run.kind,
          run.stage ?? '',
          `${Math.round(run.share * 100)} %`,
          formatSpan(run.durationMs),
        ]),
        ['run', 'of', 'stage', 'done', 'since'],
      ),
    )
  }
  if (loaded.lastRuns.length > 0) {
    section(
      'Last runs',
      formatTable(
        loaded.lastRuns.map((run) => [
          run.runId,
          run.source ?? run.kind,
          run.state,
          run.errorCode ?? '',
          formatSpan(run.durationMs),
        ]),
        ['run', 'of', 'state', 'error', 'took'],
      ),
    )
  }
  if (loaded.deadChunks.length > 0) {
    section(
      paint('red', 'Dead chunks'),
      formatTable(
        loaded.deadChunks.map((chunk) => [
          chunk.runId,
          chunk.source ?? chunk.kind,
          chunk.stage,
          String(chunk.chunkNo),
          chunk.errorCode ?? '',
          `onefold retry ${chunk.runId}`,
        ]),
        ['run', 'of', 'stage', 'chunk', 'error', 'next'],
      ),
    )
  }
}

function section(title: string, body: string): void {
  printLine(`\n${paint('bold', title)}\n${body}`)
}

function formatAge(ms: number): string {
  if (ms < 3_600_000) return formatSpan(ms)
  const hours = Math.floor(ms / 3_600_000)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}

/** 39,000,000 → 39 MB. */
function formatBytes(bytes: number): string {
  return bytes >= 1e9 ? `${formatNumber(bytes / 1e9)} GB` : `${Math.round(bytes / 1e6)} MB`
}
