import { loadRun, type Run } from './load-run.ts'
import type { Tx } from '../open-store.ts'

/** How far a run is. */
export interface RunProgress extends Run {
  /** The stage that is being done; null when closed. */
  readonly stage: string | null
  /** 0 to 1, of the stage. */
  readonly share: number
  /** Rows the stage has seen. */
  readonly rows: number
}

/** A run with the share of its current stage that is done: by bytes for deliveries, by chunks otherwise. */
export async function loadProgress(tx: Tx, runId: string): Promise<RunProgress> {
  const run = await loadRun(tx, runId)
  const stage = run.stages[0] ?? null
  const [row] = await tx<{ share: number | null; rows: number }[]>`
    SELECT CASE WHEN ${stage}::text = 'ingest'
        THEN (SELECT sum(least(coalesce((chunk.checkpoint ->> 'byteOffset')::float8, 0), delivery.bytes))
                     / nullif(sum(delivery.bytes), 0)
              FROM onefold.chunks AS chunk JOIN onefold.deliveries AS delivery
                ON delivery.delivery_id = (chunk.reference ->> 'deliveryId')::uuid
              WHERE chunk.run_id = ${runId} AND chunk.stage = 'ingest')
        ELSE count(*) FILTER (WHERE state IN ('done', 'dead'))::float8 / nullif(count(*), 0) END AS share,
      coalesce(sum(coalesce(counts ->> 'received', counts ->> 'reread')::float8), 0) AS rows
    FROM onefold.chunks WHERE run_id = ${runId} AND stage = ${stage}`
  return { ...run, stage, share: row?.share ?? 0, rows: row?.rows ?? 0 }
}
