import { advanceRun } from '../../src/pipeline/advance-run.ts'
import type { Context } from '../../src/pipeline/context.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import { runChunk } from '../../src/pipeline/run-chunk.ts'
import { loadProgress, type RunProgress } from '../../src/store/run/load-progress.ts'

/**
 * Works a run off in this process, chunk after chunk, without a queue, until it is closed. Throws when a chunk does
 * not end done: these tests bring no fault about, so a second attempt would only hide one.
 */
export async function workOffRun(context: Context, run: OpenedRun): Promise<RunProgress> {
  const never = new AbortController().signal
  const due = [...run.chunks]
  for (let chunk = due.shift(); chunk !== undefined; chunk = due.shift()) {
    const outcome = await runChunk(context, chunk, never)
    if (outcome !== 'done') throw new Error(`chunk ${chunk.stage} ${chunk.chunkNo} ended ${outcome}`)
    due.push(...(await advanceRun(context, run.runId)))
  }
  return loadProgress(context.store.sql, run.runId)
}
