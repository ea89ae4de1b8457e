import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'

/** How the deliveries of a run are read: all alike. Throws `run.not_found` when it has none. */
export async function loadRunReading(tx: Tx, runId: string): Promise<unknown> {
  const [row] = await tx<{ reading: unknown }[]>`SELECT reading FROM onefold.deliveries WHERE run_id = ${runId} LIMIT 1`
  if (row === undefined) {
    throw new OnefoldError('not_found', 'run.not_found', `Run ${runId} has no deliveries.`, { details: { runId } })
  }
  return row.reading
}
