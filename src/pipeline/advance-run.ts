import type { JSONValue } from 'postgres'
import type { AuditRoot } from '../audit/audit-entry.ts'
import { appendAudit } from '../store/audit/append-audit.ts'
import { anchorAudit } from '../store/audit/anchor-audit.ts'
import { analyzeChanged } from '../store/run/analyze-changed.ts'
import type { ChunkRef } from '../store/run/chunk.ts'
import { insertChunks } from '../store/run/insert-chunks.ts'
import { loadRun } from '../store/run/load-run.ts'
import { summarizeStage } from '../store/run/summarize-stage.ts'
import { updateRun } from '../store/run/update-run.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { translateError } from '../store/translate-error.ts'
import type { Tx } from '../store/open-store.ts'
import type { Context } from './context.ts'
import { loadStage } from './stages.ts'

/**
 * Moves a run on when its first stage has nothing left to do: plans the next stage that has work, or closes the
 * run, which has failed when that stage cannot be planned. Returns the chunks to ring for. Safe to call at any time by
 * anybody: the run's row is locked meanwhile.
 */
export async function advanceRun(context: Context, runId: string): Promise<ChunkRef[]> {
  const { chunks, root, isWalked } = await inTransaction(context.store.sql, (tx) => advance(context, tx, runId)).catch(
    (failure: unknown) => endUnplanned(context, runId, failure),
  )
  // Before the next stage reads what this one has written, and before passes do: both go by index.
  if (isWalked === true) await analyzeChanged(context.store.sql)
  if (root !== undefined) await context.keepAnchor(root)
  return chunks
}

interface Advanced {
  readonly chunks: ChunkRef[]
  /** Of the audit log, when the run was closed. */
  readonly root?: AuditRoot
  /** A stage of the path has ended. */
  readonly isWalked?: boolean
}

/** Whoever follows a run must not wait for a stage that nobody can plan; what may pass is thrown, for the next try. */
async function endUnplanned(context: Context, runId: string, failure: unknown): Promise<Advanced> {
  const { kind, code, retryable } = translateError(failure)
  if (retryable || kind === 'store') throw failure
  await inTransaction(context.store.sql, async (tx) => {
    const { state, stages, counts } = await loadRun(tx, runId, true)
    if (state !== 'open') return
    await updateRun(tx, runId, { stages, state: 'failed', counts, errorCode: code })
    await appendAudit(tx, { actor: context.actor, action: 'run.failed', subject: runId, details: { code } })
  })
  context.log.warn({ runId, code }, 'a stage could not be planned')
  return { chunks: [] }
}

async function advance(context: Context, tx: Tx, runId: string): Promise<Advanced> {
  const run = await loadRun(tx, runId, true)
  if (run.state !== 'open') return { chunks: [] }
  const stages = [...run.stages]
  const isWalked = run.kind === 'pipeline'
  let counts: Record<string, JSONValue> = { ...run.counts }
  while (stages.length > 0) {
    const stage = stages[0] as string
    const summary = await summarizeStage(tx, runId, stage)
    if (summary.unfinished > 0) return { chunks: [] }
    counts = { ...counts, ...summary.counts }
    if (summary.dead > 0) {
      await updateRun(tx, runId, { stages, state: 'failed', counts, errorCode: summary.errorCode ?? 'chunk.dead' })
      await appendAudit(tx, { actor: context.actor, action: 'run.failed', subject: runId, details: { stage } })
      return { chunks: [] }
    }
    stages.shift()
    const next = stages[0]
    if (next === undefined) break
    const references = await loadStage(next).plan(context, tx, run)
    await insertChunks(tx, runId, next, references)
    if (references.length > 0) {
      // The server tells what a connection changed once a second: planning may have made everybody due, which must be known.
      await tx`SELECT pg_stat_force_next_flush()`
      await updateRun(tx, runId, { stages, state: 'open', counts })
      return { chunks: references.map((_, chunkNo) => ({ runId, stage: next, chunkNo })), isWalked }
    }
  }
  await updateRun(tx, runId, { stages, state: 'done', counts })
  const done = { actor: context.actor, action: 'run.done', subject: runId, details: { kind: run.kind } }
  return { chunks: [], root: await anchorAudit(tx, done), isWalked }
}
