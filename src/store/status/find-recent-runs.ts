import type { Tx } from '../open-store.ts'

/** A run in one line. */
export interface RecentRun {
  readonly runId: string
  readonly kind: 'ingest' | 'pipeline'
  readonly source: string | null
  readonly state: 'open' | 'done' | 'failed'
  readonly errorCode: string | null
  readonly startedAt: Date
  /** Until now for an open run. */
  readonly durationMs: number
}

/** Open runs (all of them) or the last `limit` of any state, newest first. */
export async function findRecentRuns(
  tx: Tx,
  options: { readonly openOnly: boolean; readonly limit: number },
): Promise<RecentRun[]> {
  return tx<RecentRun[]>`
    SELECT run_id AS "runId", kind, source, state, error_code AS "errorCode", started_at AS "startedAt",
           (extract(epoch FROM coalesce(finished_at, clock_timestamp()) - started_at) * 1000)::float8 AS "durationMs"
    FROM onefold.runs WHERE ${options.openOnly ? tx`state = 'open'` : tx`true`}
    ORDER BY started_at DESC, run_id LIMIT ${options.limit}`
}
