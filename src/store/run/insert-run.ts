import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'

export interface NewRun {
  readonly runId: string
  readonly kind: 'ingest' | 'pipeline'
  readonly source?: string
  readonly stages: readonly string[]
  readonly params: Readonly<Record<string, JSONValue>>
}

/** Opens a run. The chunks of its first stage belong into the same transaction. */
export async function insertRun(tx: Tx, run: NewRun): Promise<void> {
  await tx`
    INSERT INTO onefold.runs (run_id, kind, source, params, stages, state, started_at)
    VALUES (${run.runId}, ${run.kind}, ${run.source ?? null}, ${tx.json(run.params)},
            ${[...run.stages]}::text[], 'open', clock_timestamp())`
}
