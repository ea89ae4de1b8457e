import type { JSONValue } from 'postgres'
import { appendAudit } from '../store/audit/append-audit.ts'
import type { ChunkRef } from '../store/run/chunk.ts'
import { insertChunks } from '../store/run/insert-chunks.ts'
import { lockPath } from '../store/run/hold-path.ts'
import { insertRun, type NewRun } from '../store/run/insert-run.ts'
import { loadRun } from '../store/run/load-run.ts'
import { inTransaction } from '../store/in-transaction.ts'
import type { Tx } from '../store/open-store.ts'
import { advanceRun } from './advance-run.ts'
import type { Context } from './context.ts'
import type { Reference } from './stage.ts'
import { loadStage } from './stages.ts'

/** A run that was opened and the chunks to ring for. */
export interface OpenedRun {
  readonly runId: string
  readonly chunks: readonly ChunkRef[]
}

/**
 * Opens a run and plans its first stage in one transaction; `before` may write what the run refers to. A run whose
 * stages have nothing to do is closed at once.
 */
export async function openRun(
  context: Context,
  run: { kind: NewRun['kind']; source?: string; stages: readonly string[]; params?: Record<string, JSONValue> },
  before?: (tx: Tx, runId: string) => Promise<readonly Reference[]>,
): Promise<OpenedRun> {
  const runId = context.newId()
  const first = run.stages[0] as string
  const planned = await inTransaction(context.store.sql, async (tx) => {
    if (run.kind === 'pipeline') await lockPath(tx)
    await insertRun(tx, { runId, ...run, params: run.params ?? {} })
    const references =
      before === undefined
        ? await loadStage(first).plan(context, tx, await loadRun(tx, runId))
        : await before(tx, runId)
    await insertChunks(tx, runId, first, references)
    await appendAudit(tx, {
      actor: context.actor,
      action: 'run.opened',
      subject: runId,
      details: { kind: run.kind, ...(run.source === undefined ? {} : { source: run.source }) },
    })
    return references
  })
  const chunks = planned.map((_, chunkNo) => ({ runId, stage: first, chunkNo }))
  return { runId, chunks: chunks.length > 0 ? chunks : await advanceRun(context, runId) }
}
