import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import { findOpenPath } from './find-open-path.ts'

/**
 * What passes do beside each other: `deriving` makes sessions and features, `telling` judges segments and publishes. Taken
 * before a transaction has a number, so that the numbers of those that tell follow the order in which they did: the change
 * feed goes by them. Whoever needs both takes them in this order.
 */
const LOCKS = { deriving: 7_310_004, telling: 7_310_003 } as const

/** Keeps everybody else from the main path until the commit of this transaction. */
export async function lockPath(tx: Tx): Promise<void> {
  await Promise.all([lock(tx, LOCKS.deriving), lock(tx, LOCKS.telling)])
}

/**
 * Keeps a part of the main path to this transaction: until its commit whoever opens a walk waits, as does the next that
 * holds it. Returns whether it is kept; it is not while a walk is open.
 */
export async function holdPart(tx: Tx, part: keyof typeof LOCKS): Promise<boolean> {
  const [, open] = await Promise.all([lock(tx, LOCKS[part]), findOpenPath(tx)])
  return open === undefined
}

/**
 * Keeps all of the main path to this transaction, as a run which what it does refers to. Returns when it began (database
 * clock); undefined when a walk is open. The run is to be closed (`closePass`, `closeHeldPath`) or let go of
 * (`releasePath`) in the same transaction.
 */
export async function holdPath(tx: Tx, runId: string, source: string): Promise<Date | undefined> {
  const [, [row]] = await Promise.all([
    lockPath(tx),
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

async function lock(tx: Tx, key: number): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(${key})`
}
