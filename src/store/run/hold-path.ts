import type { Tx } from '../open-store.ts'

/**
 * Keeps the main path to this transaction: until its commit whoever opens a walk waits, as does the next that holds it.
 * Returns when it began (database clock); undefined when a walk is open. The run is to be closed by `closePass` in the
 * same transaction.
 */
export async function holdPath(tx: Tx, runId: string, source: string): Promise<Date | undefined> {
  const [row] = await tx<{ at: Date }[]>`
    INSERT INTO onefold.runs (run_id, kind, source, stages, state, started_at)
    VALUES (${runId}, 'pipeline', ${source}, '{}', 'open', clock_timestamp())
    ON CONFLICT DO NOTHING RETURNING started_at AS at`
  return row?.at
}
