import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import type { Run } from './load-run.ts'

/** Writes where a run stands now; a closed one gets its end time. */
export async function updateRun(
  tx: Tx,
  runId: string,
  change: {
    readonly stages: readonly string[]
    readonly state: Run['state']
    readonly counts: Readonly<Record<string, JSONValue>>
    readonly errorCode?: string
  },
): Promise<void> {
  await tx`
    UPDATE onefold.runs SET
      stages = ${[...change.stages]}::text[], state = ${change.state}, counts = ${tx.json(change.counts)},
      error_code = ${change.errorCode ?? null},
      finished_at = ${change.state === 'open' ? null : tx`clock_timestamp()`}
    WHERE run_id = ${runId}`
}
