import type { Tx } from '../open-store.ts'

/** What the chunks of an ingest run counted, and in how many rows each finding was made. */
export interface Findings {
  readonly counts: Readonly<Record<string, number>>
  readonly tally: ReadonlyMap<string, number>
  /** A row of each finding, by code. */
  readonly examples: ReadonlyMap<string, FindingExample>
}

/** The first row that a finding was made in. */
export interface FindingExample {
  readonly deliveryId: string
  readonly sealedPath: Buffer
  readonly line: number
  readonly column: string | null
}

/** The findings of a run so far; its counts are still with its chunks while it is open. */
export async function loadFindings(tx: Tx, runId: string): Promise<Findings> {
  const findings = await tx<{ code: string; failed: number }[]>`
    SELECT code, sum(failed)::bigint AS failed FROM onefold.quality_results
    WHERE run_id = ${runId} AND failed > 0 GROUP BY code`
  const examples = await tx<(FindingExample & { code: string })[]>`
    SELECT DISTINCT ON (results.code) results.code, results.delivery_id AS "deliveryId", delivery.sealed_path AS "sealedPath",
           results.line, results.column_name AS "column"
    FROM onefold.quality_results AS results JOIN onefold.deliveries AS delivery USING (delivery_id)
    WHERE results.run_id = ${runId} AND results.failed > 0 AND results.line IS NOT NULL
    ORDER BY results.code, results.delivery_id, results.line`
  const [sums] = await tx<{ counts: Record<string, number> }[]>`
    SELECT coalesce(jsonb_object_agg(key, total), '{}') AS counts FROM (
      SELECT key, sum(value::numeric) AS total FROM onefold.chunks, jsonb_each_text(counts)
      WHERE run_id = ${runId} GROUP BY key) AS sums`
  return {
    counts: sums?.counts ?? {},
    tally: new Map(findings.map(({ code, failed }) => [code, failed])),
    examples: new Map(examples.map(({ code, ...example }) => [code, example])),
  }
}
