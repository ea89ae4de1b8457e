import { findFiles } from '../../source/find-files.ts'
import type { Context } from '../context.ts'
import type { OpenedRun } from '../open-run.ts'
import { composeReading } from './compose-reading.ts'
import { openIngest } from './open-ingest.ts'

/**
 * Hands in those files of a configured source that are new or changed since they were last handed in. Undefined when
 * there are none, or the source names no files. Throws `source.no_file` when nothing fits its patterns.
 */
export async function openChangedFiles(context: Context, name: string): Promise<OpenedRun | undefined> {
  const source = context.settings.sources[name]
  if (source?.files === undefined) return undefined
  const patterns = typeof source.files === 'string' ? [source.files] : source.files
  const files = (await Promise.all(patterns.map(findFiles))).flat()
  const reading = composeReading(source, context.settings, context.now())
  return openIngest(context, name, reading, files, { onlyChanged: true })
}
