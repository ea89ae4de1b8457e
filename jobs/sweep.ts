import { advanceRun } from '../src/pipeline/advance-run.ts'
import type { Context } from '../src/pipeline/context.ts'
import { findDueChunks } from '../src/store/run/find-due-chunks.ts'
import { findStalledRuns } from '../src/store/run/find-stalled-runs.ts'
import { translateError } from '../src/store/translate-error.ts'
import type { OnefoldQueue } from './queues.ts'
import { ring } from './ring.ts'

/** How long a chunk may have been rung for before it is rung for again. */
export const RING_AGAIN_MS = 30_000

/** Rings for everything that is due and moves on runs whose worker died in between. Returns how many it rang for. */
export async function sweep(context: Context, queue: OnefoldQueue, ringAgainMs = RING_AGAIN_MS): Promise<number> {
  const { sql } = context.store
  const due = [...(await findDueChunks(sql, ringAgainMs, 1_000))]
  for (const runId of await findStalledRuns(sql)) {
    try {
      due.push(...(await advanceRun(context, runId)))
    } catch (failure) {
      // One run that cannot go on must not keep the chunks of others waiting, nor a worker from starting.
      context.log.warn({ runId, code: translateError(failure).code }, 'a run cannot go on')
    }
  }
  await ring(queue, due)
  return due.length
}
