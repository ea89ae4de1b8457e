import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { measureClusters } from '../src/engine/measure-clusters.ts'
import { openTexts } from '../src/engine/texts.ts'
import { formatCsvLine } from '../src/pipeline/export/format-csv-line.ts'
import { readTable } from '../src/cli/dedupe/read-table.ts'
import { writePeerPeople } from './peer-people.ts'
import { DATA, findQualitySets, type QualitySet } from './quality-sets.ts'
import { runOnefold } from './run-onefold.ts'

/** Pairwise precision, recall and F1 after closure of `onefold dedupe` with its defaults on every set that is there. */
export async function benchQuality(scale: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'onefold-quality-'))
  try {
    const sets = [...findQualitySets(), ...joinSenzing(folder), ...makePeople(folder, Math.round(100_000 * scale))]
    if (sets.length === 0) process.stderr.write(`No data set is at ${DATA}; set ONEFOLD_DATA.\n`)
    const results = []
    for (const set of sets) {
      const result = await measure(set, folder)
      results.push(result)
      const shown = [set.name.padEnd(16), `F1 ${result.f1.toFixed(4)}`, `must ${set.must}`, `aim ${set.aim}`]
      process.stderr.write(`${shown.join('  ')}  ${result.seconds} s\n`)
    }
    return { sets: results }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** People and organisations of three sources, whose truth is a file of its own: written into each as a column. */
function joinSenzing(folder: string): readonly QualitySet[] {
  const from = (name: string): string => join(DATA, 'resolution', 'senzing_truthset', `${name}.csv`)
  if (!existsSync(from('actual_truthset_key'))) return []
  const read = (name: string): Record<string, string>[] => parse(readFileSync(from(name)), { columns: true, bom: true })
  const nameOf = (row: Record<string, string>): string => `${row['DATA_SOURCE']} ${row['RECORD_ID']}`
  const truthOf = new Map(read('actual_truthset_key').map((row) => [nameOf(row), row['CLUSTER_ID'] ?? '']))
  const files = ['customers', 'reference', 'watchlist'].map((name) => {
    const rows = read(name)
    const columns = Object.keys(rows[0] ?? {})
    const lines = rows.map((row) =>
      formatCsvLine([...columns.map((column) => row[column] ?? ''), truthOf.get(nameOf(row)) ?? ''], true),
    )
    const file = join(folder, `${name}.csv`)
    writeFileSync(file, [formatCsvLine([...columns, 'CLUSTER_ID'], true), ...lines].join(''))
    return file
  })
  return [{ name: 'senzing', files, truth: 'CLUSTER_ID', must: 0.95, aim: 0.95 }]
}

function makePeople(folder: string, records: number): readonly QualitySet[] {
  const file = join(folder, 'people.csv')
  if (!writePeerPeople(file, records)) return []
  return [{ name: `people ${records}`, files: [file], truth: 'entity', must: 0.93, aim: 0.96 }]
}

async function measure(set: QualitySet, folder: string) {
  const out = join(folder, `${set.name}.csv`)
  const run = await runOnefold(folder, [
    'dedupe',
    ...set.files.map((file) => resolve(file)),
    ...['--truth', set.truth, '--out', out],
    ...(set.linkOnly === true ? ['--link-only'] : []),
  ])
  const { table } = await readTable(set.files, () => undefined)
  const { codes, values } = table.columns.find(({ name }) => name === set.truth)!
  const numberOf = new Map<string, number>()
  const textOf = openTexts(values)
  const truth = Array.from(codes, (code) => {
    const person = set.personOf === undefined ? textOf(code) : set.personOf(textOf(code))
    if (!numberOf.has(person)) numberOf.set(person, numberOf.size)
    return numberOf.get(person)!
  })
  const clusters = readFileSync(out, 'utf8')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]))
  const { precision, recall, f1, truePairs } = measureClusters(truth, clusters)
  const round = (share: number): number => Number(share.toFixed(4))
  return {
    name: set.name,
    rows: table.rowCount,
    truePairs,
    precision: round(precision),
    recall: round(recall),
    f1: round(f1),
    must: set.must,
    aim: set.aim,
    seconds: run.seconds,
    nodeMiB: run.memory.nodeMiB,
  }
}
