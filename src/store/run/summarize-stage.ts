import type { Tx } from '../open-store.ts'

export interface StageSummary {
  readonly unfinished: number
  readonly dead: number
  readonly errorCode: string | null
  /** Sums over all chunks of the run. */
  readonly counts: Readonly<Record<string, number>>
}

/**
 * How far the chunks of one stage of a run are, none for a stage without chunks, and what all of the run have counted:
 * stages may count the same.
 */
export async function summarizeStage(tx: Tx, runId: string, stage: string): Promise<StageSummary> {
  const [row] = await tx<StageSummary[]>`
    SELECT count(*) FILTER (WHERE state IN ('waiting', 'leased')) AS unfinished,
           count(*) FILTER (WHERE state = 'dead') AS dead,
           max(error_code) FILTER (WHERE state = 'dead') AS "errorCode",
           (SELECT coalesce(jsonb_object_agg(key, total), '{}') FROM (
              SELECT key, sum(value::numeric) AS total FROM onefold.chunks, jsonb_each_text(counts)
              WHERE run_id = ${runId} GROUP BY key) AS sums) AS counts
    FROM onefold.chunks WHERE run_id = ${runId} AND stage = ${stage}`
  return row as StageSummary
}
