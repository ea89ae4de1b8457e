import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DeclaredSettings, settingsSchema } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { composeReading } from '../../src/pipeline/ingest/compose-reading.ts'
import { openIngest } from '../../src/pipeline/ingest/open-ingest.ts'
import type { OpenedRun } from '../../src/pipeline/open-run.ts'
import type { FaultInput } from './disturbed-run.ts'

type Contract = NonNullable<NonNullable<DeclaredSettings['sources']>[string]['contract']>

/**
 * Hands in a list of `rows` people that nobody is, valid throughout: long enough for a fault to strike in it.
 * A `contract` may ask for more than the list has.
 */
export async function openListIngest(
  context: Context,
  input: FaultInput,
  rows: number,
  contract: Contract = {},
): Promise<OpenedRun> {
  const file = join(input.folder, `list-${rows}.csv`)
  const lines = Array.from({ length: rows }, (_, row) => `k${row},Ida${row},Quill${row}`)
  await writeFile(file, `key,first,last\n${lines.join('\n')}\n`)
  const columns = { key: 'record_key', first: 'given_name', last: 'family_name' } as const
  const settings = settingsSchema.parse({ sources: { list: { kind: 'people', columns, contract } } })
  const reading = composeReading(settings.sources['list']!, settings, input.asOf)
  return (await openIngest(context, 'list', reading, [file])) as OpenedRun
}
