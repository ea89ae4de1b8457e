import { loadRun, type Run } from '../run/load-run.ts'
import type { Tx } from '../open-store.ts'

/** What a run found [B2]: where its rows ended, and each finding with its share against its threshold. */
export interface QualityReport extends Run {
  readonly findings: readonly {
    readonly code: string
    readonly field: string
    readonly severity: string
    readonly failed: number
  }[]
}

/** The quality report of an ingest run; findings by weight, then by number. */
export async function loadQualityReport(tx: Tx, runId: string): Promise<QualityReport> {
  const run = await loadRun(tx, runId)
  const findings = await tx<QualityReport['findings'][number][]>`
    SELECT code, field, severity, failed FROM onefold.quality_results
    WHERE run_id = ${runId} AND failed > 0
    ORDER BY array_position(ARRAY['reject', 'quarantine', 'warn', 'info'], severity), failed DESC, code, field`
  // An open run's counts are still with its chunks.
  const [sums] = await tx<{ counts: Record<string, number> }[]>`
    SELECT coalesce(jsonb_object_agg(key, total), '{}') AS counts FROM (
      SELECT key, sum(value::numeric) AS total FROM onefold.chunks, jsonb_each_text(counts)
      WHERE run_id = ${runId} GROUP BY key) AS sums`
  return { ...run, counts: sums?.counts ?? {}, findings }
}
