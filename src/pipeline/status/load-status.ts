import { parseDuration } from '../../record/parse-duration.ts'
import { countHeldRows } from '../../store/quarantine/count-held-rows.ts'
import { loadProgress } from '../../store/run/load-progress.ts'
import { type AuditState, loadAuditState } from '../../store/status/load-audit-state.ts'
import { countHoldings, type Holdings } from '../../store/status/count-holdings.ts'
import { type DeadChunk, findDeadChunks } from '../../store/status/find-dead-chunks.ts'
import { findRecentRuns, type RecentRun } from '../../store/status/find-recent-runs.ts'
import { loadArrivals } from '../../store/status/load-arrivals.ts'
import { type DatabaseFacts, loadDatabaseFacts } from '../../store/status/load-database-facts.ts'
import type { Context } from '../context.ts'
import { type Freshness, judgeFreshness } from './judge-freshness.ts'

export interface SourceStatus {
  readonly source: string
  readonly configured: boolean
  readonly deliveries: number
  readonly lastReceivedAt: Date | null
  readonly ageMs: number | null
  readonly freshness: Freshness
  readonly held: number
}

export interface OpenRunStatus extends RecentRun {
  readonly stage: string | null
  /** 0 to 1, of the stage. */
  readonly share: number
}

/** Everything a person asks first when something seems wrong. */
export interface Status extends Holdings {
  readonly database: DatabaseFacts
  readonly sources: readonly SourceStatus[]
  readonly openRuns: readonly OpenRunStatus[]
  readonly lastRuns: readonly RecentRun[]
  /** At most 100. */
  readonly deadChunks: readonly DeadChunk[]
  readonly audit: AuditState
}

const SHOWN_DEAD = 100

/** How everything stands, from the tables; a few indexed counts and one pass over the ledger. */
export async function loadStatus(context: Context): Promise<Status> {
  const { sql } = context.store
  const [database, holdings, arrivals, held, open, lastRuns, deadChunks, audit] = await Promise.all([
    loadDatabaseFacts(sql),
    countHoldings(sql),
    loadArrivals(sql),
    countHeldRows(sql),
    findRecentRuns(sql, { openOnly: true, limit: 100 }),
    findRecentRuns(sql, { openOnly: false, limit: 5 }),
    findDeadChunks(sql, SHOWN_DEAD),
    loadAuditState(sql),
  ])
  const openRuns: OpenRunStatus[] = []
  for (const run of open) {
    const { stage, share } = await loadProgress(sql, run.runId)
    openRuns.push({ ...run, stage, share })
  }
  const arrived = new Map(arrivals.map((each) => [each.source, each]))
  const heldBySource = new Map(held.map((each) => [each.source, each.held]))
  const configured = context.settings.sources
  const sources = [...new Set([...Object.keys(configured), ...arrived.keys()])]
    .toSorted()
    .map((source): SourceStatus => {
      const known = arrived.get(source)
      const { warn_after: warnAfter, error_after: errorAfter } = configured[source]?.contract.freshness ?? {}
      const ageMs = known?.ageMs ?? null
      return {
        source,
        configured: configured[source] !== undefined,
        deliveries: known?.deliveries ?? 0,
        lastReceivedAt: known?.lastReceivedAt ?? null,
        ageMs,
        freshness: judgeFreshness(ageMs, toMs(warnAfter), toMs(errorAfter)),
        held: heldBySource.get(source) ?? 0,
      }
    })
  return { ...holdings, database, sources, openRuns, lastRuns, deadChunks, audit }
}

function toMs(span: string | undefined): number | undefined {
  return span === undefined ? undefined : parseDuration(span)
}
