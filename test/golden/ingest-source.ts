import type { DeclaredSettings, Settings } from '../../src/config/settings.ts'
import { settingsSchema } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import type { RunProgress } from '../../src/store/run/load-progress.ts'
import { workOffRun } from '../support/work-off-run.ts'

/** A context that works by the settings a project would write into `onefold.config.yaml`. */
export function withSettings(context: Context, declared: DeclaredSettings): Context {
  return { ...context, settings: settingsSchema.parse(declared) }
}

/** Takes one file in as a source of the context's settings, as `onefold ingest NAME FILE` does. */
export async function ingestSource(context: Context, name: string, file: string): Promise<RunProgress> {
  const source = context.settings.sources[name] as Settings['sources'][string]
  const reading = composeReading(source, context.settings, context.now())
  const run = await openIngest(context, name, reading, [file])
  if (run === undefined) throw new Error('there was nothing to take in')
  const ended = await workOffRun(context, run)
  if (ended.state !== 'done') throw new Error(`the ingest of ${name} ended ${ended.state}: ${ended.errorCode}`)
  return ended
}
