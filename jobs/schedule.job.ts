import type { Context } from '../src/pipeline/context.ts'
import { composeReading } from '../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../src/pipeline/ingest/open-ingest.ts'
import { openPath } from '../src/pipeline/open-path.ts'
import { OnefoldError } from '../src/errors.ts'
import { findFiles } from '../src/source/find-files.ts'
import type { OnefoldQueue, ScheduleJob } from './queues.ts'
import { ring } from './ring.ts'

/** The schedule whose target is the whole path. Source names cannot hold a dot. */
export const PATH_TARGET = 'path.run'

/** Does what a schedule struck for: hands in a source's new files, or opens a walk along the path [A7]. */
export async function performSchedule(context: Context, queue: OnefoldQueue, job: ScheduleJob): Promise<void> {
  const opened = job.target === PATH_TARGET ? await openPathUnlessOpen(context) : await openSource(context, job.target)
  if (opened !== undefined) await ring(queue, opened.chunks)
}

async function openPathUnlessOpen(context: Context) {
  try {
    return await openPath(context)
  } catch (failure) {
    if (failure instanceof OnefoldError && failure.code === 'run.already_open') return undefined
    throw failure
  }
}

async function openSource(context: Context, name: string) {
  const source = context.settings.sources[name]
  if (source?.files === undefined) return undefined
  const patterns = typeof source.files === 'string' ? [source.files] : source.files
  const files = (await Promise.all(patterns.map(findFiles))).flat()
  return openIngest(context, name, composeReading(source, context.settings, context.now()), files, { onlyChanged: true })
}
