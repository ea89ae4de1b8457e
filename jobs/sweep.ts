import { advanceRun } from '../src/pipeline/advance-run.ts'
import type { Context } from '../src/pipeline/context.ts'
import { findDueChunks } from '../src/store/run/find-due-chunks.ts'
import { findStalledRuns } from '../src/store/run/find-stalled-runs.ts'
import type { OnefoldQueue } from './queues.ts'
import { ring } from './ring.ts'

/** How long a chunk may have been rung for before it is rung for again. */
export const RING_AGAIN_MS = 30_000

/** Rings for everything that is due and moves on runs whose worker died in between. Returns how many it rang for. */
export async function sweep(context: Context, queue: OnefoldQueue, ringAgainMs = RING_AGAIN_MS): Promise<number> {
  const { sql } = context.store
  const due = [...(await findDueChunks(sql, ringAgainMs, 1_000))]
  for (const runId of await findStalledRuns(sql)) due.push(...(await advanceRun(context, runId)))
  await ring(queue, due)
  return due.length
}
