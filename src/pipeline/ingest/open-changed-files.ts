import { findFiles } from '../../source/find-files.ts'
import type { Context } from '../context.ts'
import type { OpenedRun } from '../open-run.ts'
import { composeReading } from './compose-reading.ts'
import { findUnmarked, type MarkedFile, openIngest } from './open-ingest.ts'

/**
 * Those files of a configured source that are new or changed since they were last handed in; none where it names no
 * files. Throws `source.no_file` when nothing fits its patterns.
 */
export async function findChangedFiles(context: Context, name: string): Promise<readonly MarkedFile[]> {
  return findUnmarked(context, await findSourceFiles(context, name))
}

/** Hands those files in. Undefined when there are none. Throws as `findChangedFiles` does. */
export async function openChangedFiles(context: Context, name: string): Promise<OpenedRun | undefined> {
  const source = context.settings.sources[name]
  if (source?.files === undefined) return undefined
  const reading = composeReading(source, context.settings, context.now())
  return openIngest(context, name, reading, await findSourceFiles(context, name), { onlyChanged: true })
}

async function findSourceFiles({ settings }: Context, name: string): Promise<readonly string[]> {
  const files = settings.sources[name]?.files ?? []
  const patterns = typeof files === 'string' ? [files] : files
  return (await Promise.all(patterns.map(findFiles))).flat()
}
