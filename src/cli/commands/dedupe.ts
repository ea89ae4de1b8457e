import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, extname } from 'node:path'
import { describeResolution } from '../../engine/describe-resolution.ts'
import { formatEngineModel } from '../../engine/engine-model.ts'
import type { DedupeReport } from '../../engine/report.ts'
import { resolveTable } from '../../engine/resolve-table.ts'
import type { Table } from '../../engine/table.ts'
import { understandColumns } from '../../engine/understand-columns.ts'
import { OnefoldError } from '../../errors.ts'
import { recognizeEvidence } from '../../source/recognize-evidence.ts'
import { loadModel } from '../dedupe/load-model.ts'
import { openCrew, type ThreadCrew } from '../dedupe/open-crew.ts'
import { nameRows } from '../dedupe/name-rows.ts'
import { readTable } from '../dedupe/read-table.ts'
import { renderReport } from '../dedupe/render-report.ts'
import { sampleRows } from '../dedupe/sample-rows.ts'
import { saveFile } from '../dedupe/save-file.ts'
import { openProgress } from '../dedupe/show-progress.ts'
import { summarize } from '../dedupe/summarize.ts'
import { writeClusters } from '../dedupe/write-clusters.ts'
import { printJson } from '../output.ts'

export interface DedupeOptions {
  readonly out?: string
  readonly linkOnly?: boolean
  readonly report?: string
  readonly model?: string
  readonly truth?: string
  readonly ignore?: readonly string[]
  readonly json?: boolean
}

const SAMPLED_ROWS = 1000
/** Bytes of input below which starting threads takes as long as they save. */
const LEAST_FOR_THREADS = 2_000_000
const MOST_THREADS = 8

/**
 * Finds out who is who in files, without database or configuration. Clusters go to `--out` or stdout; what was
 * understood goes to stderr, with `--json` as one document to stdout (clusters then need `--out`).
 */
export async function dedupe(files: readonly string[], options: DedupeOptions): Promise<number> {
  refuseMisuse(files, options)
  const crew = openCrew(
    (await countBytes(files)) < LEAST_FOR_THREADS ? 1 : Math.min(availableParallelism(), MOST_THREADS),
  )
  try {
    return await dedupeWith(crew, files, options)
  } finally {
    await crew.end()
  }
}

async function dedupeWith(crew: ThreadCrew, files: readonly string[], options: DedupeOptions): Promise<number> {
  const linkOnly = options.linkOnly === true
  const progress = openProgress()
  const { table, unreadable } = await readTable(files, progress.rows, crew)
  const hidden = new Set([...(options.ignore ?? []), ...(options.truth === undefined ? [] : [options.truth])])
  for (const name of hidden) requireColumn(table, name)
  const columnNames = table.columns.map(({ name }) => name)
  const guesses = recognizeEvidence(columnNames, sampleRows(table, SAMPLED_ROWS))
  const understood = understandColumns(table, guesses, hidden)
  const known = options.model === undefined ? undefined : await loadModel(options.model)
  const resolution = await resolveTable(table, understood, {
    linkOnly,
    pivotYear: new Date().getFullYear(),
    ...(known && { model: known }),
    crew,
    onStep: progress.step,
    onShare: progress.share,
  })
  progress.step('write')
  const names = nameRows(table)
  const truth = table.columns.find(({ name }) => name === options.truth)?.codes
  const several = files.length > 1
  const nameOf = (row: number): string => (several ? `${names.fileOf(row)}:${names.nameOf(row)}` : names.nameOf(row))
  const described = describeResolution(table, understood, resolution, nameOf, truth && numberBlanks(truth))
  const report: DedupeReport =
    unreadable === 0
      ? described
      : { ...described, notes: [...described.notes, `${unreadable} rows could not be read and stand alone.`] }
  if (options.out !== undefined) await saveFile(options.out, writeClusters(resolution.clusterOf, names, several))
  if (options.model !== undefined && known === undefined) {
    await saveFile(options.model, [formatEngineModel(resolution.model)])
  }
  if (options.report !== undefined) {
    const text = extname(options.report) === '.json' ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report)
    await saveFile(options.report, [text])
  }
  progress.end()
  if (options.json === true) printJson(report)
  else {
    if (options.out === undefined) {
      for (const piece of writeClusters(resolution.clusterOf, names, several)) process.stdout.write(piece)
    }
    process.stderr.write(summarize(report))
  }
  return 0
}

/** A row without a true answer is nobody else. */
function numberBlanks(codes: Int32Array): Int32Array {
  return codes.map((code, row) => (code === 0 ? -1 - row : code))
}

/** Bytes of all files together; one that cannot be asked is complained about when it is read. */
async function countBytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file)
        .then(({ size }) => size)
        .catch(() => 0),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function refuseMisuse(files: readonly string[], { linkOnly, report }: DedupeOptions): void {
  if (linkOnly === true && files.length < 2) {
    throw new OnefoldError('settings', 'dedupe.one_file', 'Linking needs at least two files.', {
      hint: 'Name a second file, or leave --link-only away to find repeats within the one.',
    })
  }
  if (report !== undefined && !['.html', '.json'].includes(extname(report))) {
    throw new OnefoldError('settings', 'dedupe.report_format', 'A report ends in .html or .json.', {
      details: { file: basename(report) },
      hint: 'Name it report.html to read it in a browser, report.json to read it by a program.',
    })
  }
}

function requireColumn(table: Table, name: string): void {
  if (table.columns.some((column) => column.name === name)) return
  throw new OnefoldError('settings', 'dedupe.no_column', 'No file has the column that is to be hidden.', {
    details: { column: name },
    hint: `The columns are: ${table.columns.map((column) => column.name).join(', ')}.`,
  })
}
