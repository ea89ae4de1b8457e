import { basename } from 'node:path'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { resolveTable } from '../../engine/resolve-table.ts'
import { understandColumns } from '../../engine/understand-columns.ts'
import { OnefoldError } from '../../errors.ts'
import { recognizeEvidence } from '../../source/recognize-evidence.ts'
import { nameRows } from '../dedupe/name-rows.ts'
import { readTable } from '../dedupe/read-table.ts'
import { sampleRows } from '../dedupe/sample-rows.ts'
import { writeClusters } from '../dedupe/write-clusters.ts'
import { formatNumber } from '../output.ts'

export interface DedupeOptions {
  readonly out?: string
  readonly linkOnly?: boolean
  readonly truth?: string
  readonly ignore?: readonly string[]
}

const SAMPLED_ROWS = 1000

/** Finds out who is who in files, without database or configuration, and writes one cluster a row. */
export async function dedupe(files: readonly string[], options: DedupeOptions): Promise<number> {
  const linkOnly = options.linkOnly === true
  if (linkOnly && files.length < 2) {
    throw new OnefoldError('settings', 'dedupe.one_file', 'Linking needs at least two files.', {
      hint: 'Name a second file, or leave --link-only away to find repeats within the one.',
    })
  }
  const { table } = await readTable(files, () => undefined)
  const hidden = new Set([...(options.ignore ?? []), ...(options.truth === undefined ? [] : [options.truth])])
  for (const name of hidden) {
    if (table.columns.some((column) => column.name === name)) continue
    throw new OnefoldError('settings', 'dedupe.no_column', 'No file has the column that is to be hidden.', {
      details: { column: name, file: basename(files[0] ?? '') },
      hint: `The columns are: ${table.columns.map((column) => column.name).join(', ')}.`,
    })
  }
  const columnNames = table.columns.map(({ name }) => name)
  const guesses = recognizeEvidence(columnNames, sampleRows(table, SAMPLED_ROWS))
  const understood = understandColumns(table, guesses, hidden)
  const { clusterOf } = resolveTable(table, understood, { linkOnly, pivotYear: new Date().getFullYear() })
  const pieces = writeClusters(clusterOf, nameRows(table), files.length > 1)
  if (options.out === undefined) for (const piece of pieces) process.stdout.write(piece)
  else await writeFile(options.out, pieces)
  const clusters = new Set(clusterOf).size
  process.stderr.write(`${formatNumber(table.rowCount)} rows are ${formatNumber(clusters)} different ones.\n`)
  return 0
}

/** The file appears under its name complete or not at all. */
async function writeFile(out: string, pieces: Iterable<string>): Promise<void> {
  const draft = join(dirname(out), `.${basename(out)}.${process.pid}.part`)
  const file = await open(draft, 'w', 0o600)
  try {
    for (const piece of pieces) await file.appendFile(piece)
    await file.close()
    await rename(draft, out)
  } catch (failure) {
    await file.close().catch(() => undefined)
    await rm(draft, { force: true })
    throw failure
  }
}
