import { appendAudit } from '../store/audit/append-audit.ts'
import type { ChunkRef, LeasedChunk } from '../store/run/chunk.ts'
import { findLeased, leaseChunk } from '../store/run/lease-chunk.ts'
import { renewLease } from '../store/run/renew-lease.ts'
import { returnChunk } from '../store/run/return-chunk.ts'
import { translateError } from '../store/translate-error.ts'
import { inTransaction } from '../store/in-transaction.ts'
import type { Context } from './context.ts'
import { loadStage } from './stages.ts'

/** How long a worker may be silent before others take its chunk over. */
export const LEASE_MS = 60_000

export type ChunkOutcome = 'done' | 'not_due' | 'returned' | 'waiting' | 'dead' | 'lost'

/**
 * Does one chunk if it is due: leases it, keeps the lease alive, lets the stage work, and gives it back on failure
 * or shutdown. Never throws for what the chunk did: the outcome says it, the log carries code and ids.
 */
export async function runChunk(
  context: Context,
  ref: ChunkRef,
  signal: AbortSignal,
  leaseMs: number = LEASE_MS,
): Promise<ChunkOutcome> {
  const { sql } = context.store
  const chunk = await leaseChunk(sql, ref, context.actor, leaseMs)
  if (chunk === undefined) return 'not_due'
  const lost = new AbortController()
  let renewing = false
  const heartbeat = setInterval(() => {
    // While a transaction of the chunk holds its row, the renewal waits for it: one at a time is enough.
    if (renewing) return
    renewing = true
    renewLease(sql, chunk, leaseMs)
      .then(
        (held) => held || lost.abort(),
        (failure: unknown) => context.log.warn({ code: translateError(failure).code }, 'lease not renewed'),
      )
      .finally(() => (renewing = false))
  }, leaseMs / 3)
  try {
    await loadStage(chunk.stage).work(context, chunk, AbortSignal.any([signal, lost.signal]))
    return 'done'
  } catch (failure) {
    return await giveBack(context, chunk, failure)
  } finally {
    clearInterval(heartbeat)
  }
}

/**
 * Gives a chunk back, as failed by `failure`, that somebody of this process held who is there no more; `lost` if nobody
 * holds it.
 */
export async function giveBackHeld(context: Context, ref: ChunkRef, failure: unknown): Promise<ChunkOutcome> {
  const chunk = await findLeased(context.store.sql, ref, context.actor)
  return chunk === undefined ? 'lost' : giveBack(context, chunk, failure)
}

async function giveBack(context: Context, chunk: LeasedChunk, failure: unknown): Promise<ChunkOutcome> {
  const error = translateError(failure)
  const place = { runId: chunk.runId, stage: chunk.stage, chunkNo: chunk.chunkNo, attempt: chunk.attempts }
  if (error.code === 'lease.lost') {
    context.log.warn({ ...place, code: error.code }, 'chunk went to another worker')
    return 'lost'
  }
  if (error.code === 'work.stopped') {
    await returnChunk(context.store.sql, chunk)
    context.log.info(place, 'chunk handed back')
    return 'returned'
  }
  const state = await inTransaction(context.store.sql, async (tx) => {
    const now = await returnChunk(tx, chunk, error)
    if (now === 'dead') {
      await appendAudit(tx, {
        actor: context.actor,
        action: 'chunk.dead',
        subject: chunk.runId,
        details: { stage: chunk.stage, chunkNo: chunk.chunkNo, code: error.code },
      })
    }
    return now
  })
  context.log.warn({ ...place, code: error.code, ...error.details, state: state ?? 'lost' }, 'chunk failed')
  return state ?? 'lost'
}
