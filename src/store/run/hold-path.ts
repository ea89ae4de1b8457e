import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'

/**
 * Taken before a transaction has a number, so that numbers follow the order in which the path was held: the change feed
 * goes by them.
 */
const PATH_LOCK = 7_310_003

/**
 * Keeps the main path to this transaction: until its commit whoever opens a walk waits, as does the next that holds it.
 * Returns when it began (database clock); undefined when a walk is open. The run is to be closed (`closePass`,
 * `closeHeldPath`) or let go of (`releasePath`) in the same transaction.
 */
export async function holdPath(tx: Tx, runId: string, source: string): Promise<Date | undefined> {
  const [, [row]] = await Promise.all([
    tx`SELECT pg_advisory_xact_lock(${PATH_LOCK})`,
    tx<{ at: Date }[]>`
    INSERT INTO onefold.runs (run_id, kind, source, stages, state, started_at)
    VALUES (${runId}, 'pipeline', ${source}, '{}', 'open', clock_timestamp())
    ON CONFLICT DO NOTHING RETURNING started_at AS at`,
  ])
  return row?.at
}

/** Lets go of the path as a run that is done. */
export async function closeHeldPath(tx: Tx, runId: string, counts: Readonly<Record<string, JSONValue>>): Promise<void> {
  await tx`
    UPDATE onefold.runs SET kind = 'ingest', state = 'done', counts = ${tx.json(counts)}, finished_at = clock_timestamp()
    WHERE run_id = ${runId}`
}

/** Lets go of the path without a trace of having held it. */
export async function releasePath(tx: Tx, runId: string): Promise<void> {
  await tx`DELETE FROM onefold.runs WHERE run_id = ${runId}`
}

/** Whether the last walk failed: what it computed may be half of it. */
export async function hasWalkFailed(tx: Tx): Promise<boolean> {
  const [last] = await tx<{ state: string }[]>`
    SELECT state FROM onefold.runs WHERE kind = 'pipeline' AND state <> 'open' ORDER BY started_at DESC, run_id DESC LIMIT 1`
  return last?.state === 'failed'
}
