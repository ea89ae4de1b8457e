import type { Tx } from '../open-store.ts'

/** What the chunks of an ingest run counted, and in how many rows each finding was made. */
export interface Findings {
  readonly counts: Readonly<Record<string, number>>
  readonly tally: ReadonlyMap<string, number>
}

/** The findings of a run so far; its counts are still with its chunks while it is open. */
export async function loadFindings(tx: Tx, runId: string): Promise<Findings> {
  const findings = await tx<{ code: string; failed: number }[]>`
    SELECT code, sum(failed)::bigint AS failed FROM onefold.quality_results
    WHERE run_id = ${runId} AND failed > 0 GROUP BY code`
  const [sums] = await tx<{ counts: Record<string, number> }[]>`
    SELECT coalesce(jsonb_object_agg(key, total), '{}') AS counts FROM (
      SELECT key, sum(value::numeric) AS total FROM onefold.chunks, jsonb_each_text(counts)
      WHERE run_id = ${runId} GROUP BY key) AS sums`
  return { counts: sums?.counts ?? {}, tally: new Map(findings.map(({ code, failed }) => [code, failed])) }
}
