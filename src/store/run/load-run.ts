import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'

export interface Run {
  readonly runId: string
  readonly kind: 'ingest' | 'pipeline'
  readonly source: string | null
  readonly stages: readonly string[]
  readonly state: 'open' | 'done' | 'failed'
  readonly params: Readonly<Record<string, unknown>>
  readonly counts: Readonly<Record<string, number>>
  readonly errorCode: string | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

/** One run; `lock` keeps others from advancing it until the commit. Throws `run.not_found`. */
export async function loadRun(tx: Tx, runId: string, lock = false): Promise<Run> {
  const [run] = await tx<Run[]>`
    SELECT run_id AS "runId", kind, source, stages, state, params, counts, error_code AS "errorCode",
           started_at AS "startedAt", finished_at AS "finishedAt"
    FROM onefold.runs WHERE run_id = ${runId} ${lock ? tx`FOR UPDATE` : tx``}`
  if (run === undefined) {
    throw new OnefoldError('not_found', 'run.not_found', `There is no run ${runId}.`, { details: { runId } })
  }
  return run
}
