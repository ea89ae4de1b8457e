import type { Context } from '../src/pipeline/context.ts'
import { takeInChanged } from '../src/pipeline/now/take-in-changed.ts'
import type { OpenedRun } from '../src/pipeline/open-run.ts'
import { openPath } from '../src/pipeline/open-path.ts'
import { OnefoldError } from '../src/errors.ts'
import type { OnefoldQueue, ScheduleJob } from './queues.ts'
import { ring } from './ring.ts'

/** The schedule whose target is the whole path. Source names cannot hold a dot. */
export const PATH_TARGET = 'path.run'

/** Does what a schedule struck for: hands in a source's new files, or opens a walk along the path [A7]. */
export async function performSchedule(context: Context, queue: OnefoldQueue, job: ScheduleJob): Promise<void> {
  const opened =
    job.target === PATH_TARGET ? await openPathUnlessOpen(context) : await takeInChanged(context, job.target)
  if (opened !== undefined) await ring(queue, opened.chunks)
}

async function openPathUnlessOpen(context: Context): Promise<OpenedRun | undefined> {
  try {
    return await openPath(context)
  } catch (failure) {
    if (failure instanceof OnefoldError && failure.code === 'run.already_open') return undefined
    throw failure
  }
}
