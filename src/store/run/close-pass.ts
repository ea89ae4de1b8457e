import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'

/**
 * Writes down a run that took one delivery in and is over with its transaction, with its one chunk, so that it reads
 * like any ingest. What held the path until now (`holdPath`) is an ingest from here on. Said again for a delivery that has
 * grown, the counts are those of all of it.
 */
export async function closePass(
  tx: Tx,
  run: {
    readonly runId: string
    readonly source: string
    readonly deliveryId: string
    readonly received: Readonly<Record<string, number>>
    readonly counts: Readonly<Record<string, JSONValue>>
  },
): Promise<void> {
  await tx`
    WITH done AS (
      INSERT INTO onefold.runs AS run (run_id, kind, source, stages, state, counts, started_at, finished_at)
      VALUES (${run.runId}, 'ingest', ${run.source}, '{}', 'done', ${tx.json(run.counts)}, now(), clock_timestamp())
      ON CONFLICT (run_id) DO UPDATE SET
        kind = excluded.kind, state = excluded.state, counts = excluded.counts, finished_at = excluded.finished_at
      RETURNING run_id
    )
    INSERT INTO onefold.chunks (run_id, stage, chunk_no, reference, state, counts)
    SELECT run_id, 'ingest', 0, ${tx.json({ deliveryId: run.deliveryId })}, 'done', ${tx.json(run.received)} FROM done
    ON CONFLICT (run_id, stage, chunk_no) DO UPDATE SET counts = excluded.counts`
}
