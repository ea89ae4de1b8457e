import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingsSchema, type DeclaredSettings } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import { workOffRun } from '../support/work-off-run.ts'

/** The same context under other settings. */
export function configure(context: Context, declared: DeclaredSettings): Context {
  return { ...context, settings: settingsSchema.parse(declared) }
}

/** Delivers a text as one file of a configured source, works it off, and returns what the run counted. */
export async function ingestText(
  context: Context,
  source: string,
  text: string,
  name = 'rows.csv',
): Promise<Readonly<Record<string, number>>> {
  const settings = context.settings.sources[source]
  if (settings === undefined) throw new Error(`the test configures no source ${source}`)
  const folder = await mkdtemp(join(tmpdir(), 'onefold-ingest-'))
  try {
    const file = join(folder, name)
    await writeFile(file, text)
    const run = await openIngest(context, source, composeReading(settings, context.settings, context.now()), [file])
    if (run === undefined) throw new Error('nothing to ingest')
    return (await workOffRun(context, run)).counts
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
