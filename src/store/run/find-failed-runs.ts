import type { Tx } from '../open-store.ts'

/** A run that failed with chunks that nobody does any more. */
export interface FailedRun {
  readonly runId: string
  readonly kind: 'ingest' | 'pipeline'
  readonly dead: number
  /** A walk along the path that a later walk followed to its end: what was due is done, with later numbers. */
  readonly superseded: boolean
}

/** Failed runs with dead chunks, oldest first; only the given one if an id is given. */
export async function findFailedRuns(tx: Tx, runId?: string): Promise<FailedRun[]> {
  return tx<FailedRun[]>`
    SELECT run.run_id AS "runId", run.kind, count(*) AS dead,
      run.kind = 'pipeline' AND EXISTS (
        SELECT FROM onefold.runs AS later
        WHERE later.kind = 'pipeline' AND later.state = 'done' AND later.started_at > run.started_at) AS superseded
    FROM onefold.runs AS run JOIN onefold.chunks AS chunk USING (run_id)
    WHERE chunk.state = 'dead' AND run.state = 'failed' ${runId === undefined ? tx`` : tx`AND run_id = ${runId}`}
    GROUP BY run.run_id ORDER BY run.started_at, run.run_id`
}
