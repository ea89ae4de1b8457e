import { advanceRun } from '../src/pipeline/advance-run.ts'
import type { Context } from '../src/pipeline/context.ts'
import type { RunChunk } from './open-chunk-threads.ts'
import type { ChunkJob, OnefoldQueue } from './queues.ts'
import { ring } from './ring.ts'

/** Does the chunk a job names and rings for what became due by it. */
export async function performChunk(
  context: Context,
  queue: OnefoldQueue,
  job: ChunkJob,
  runChunk: RunChunk,
): Promise<void> {
  const outcome = await runChunk(job)
  if (outcome === 'waiting') await ring(queue, [job], 1_000)
  if (outcome === 'returned') await ring(queue, [job])
  if (outcome === 'done' || outcome === 'dead') await ring(queue, await advanceRun(context, job.runId))
}
