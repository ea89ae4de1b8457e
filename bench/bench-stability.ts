import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { runOnefold } from './run-onefold.ts'

const SIZES = [100_000, 300_000, 1_000_000, 3_000_000, 5_000_000]

/**
 * Whether records stay in the clusters they were in while strangers come and the model is trained anew: the smallest
 * file's records are followed through files that begin with them. Strangers may share a cluster with followed records;
 * only who of these is with whom is compared.
 */
export async function benchStability(scale: number): Promise<Record<string, unknown>> {
  const maker = join(process.env['ONEFOLD_PEERS'] ?? '../shared/peers', 'make-people.mjs')
  if (!existsSync(maker)) {
    process.stderr.write('No make-people.mjs; set ONEFOLD_PEERS.\n')
    return { skipped: 'no peers' }
  }
  const followed = Math.round((SIZES[0] as number) * scale)
  const steps = []
  let first: readonly string[] | undefined
  for (const size of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'onefold-stability-'))
    try {
      const records = Math.round(size * scale)
      const file = join(folder, 'people.csv')
      execFileSync(process.execPath, [resolve(maker), '--records', String(records), '--seed', '1', '--out', file])
      const out = join(folder, 'clusters.csv')
      const report = join(folder, 'report.json')
      await runOnefold(folder, ['dedupe', file, '--truth', 'entity', '--out', out, '--report', report])
      const entities = await readColumn(file, 1, followed)
      const clusters = await readColumn(out, 1, followed)
      first ??= clusters
      const { truth } = JSON.parse(readFileSync(report, 'utf8')) as { readonly truth: { readonly f1: number } }
      steps.push({
        records,
        f1: round(truth.f1),
        f1OfFollowed: round(scorePairs(clusters, entities).f1),
        ...compare(clusters, first),
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return { followed, steps }
}

/** How the followed records lie now, beside how they lay among themselves. */
function compare(now: readonly string[], before: readonly string[]): Record<string, number> {
  const { both, left, right } = scorePairs(now, before)
  const sizesBefore = countBy(before)
  const sizesNow = countBy(now)
  const overlap = countBy(now.map((cluster, row) => `${cluster} ${before[row]}`))
  let same = 0
  for (const [key, size] of overlap) {
    const [cluster = '', old = ''] = key.split(' ')
    if (sizesBefore.get(old) === size && sizesNow.get(cluster) === size) same += 1
  }
  return {
    clusters: sizesNow.size,
    sameShare: round(same / sizesBefore.size),
    pairsKept: both,
    pairsParted: right - both,
    pairsJoined: left - both,
  }
}

/** Pairs together in both, in the left, in the right; F1 with the right as truth. */
function scorePairs(
  left: readonly string[],
  right: readonly string[],
): { both: number; left: number; right: number; f1: number } {
  const pairsOf = (keys: readonly string[]): number => {
    let pairs = 0
    for (const size of countBy(keys).values()) pairs += (size * (size - 1)) / 2
    return pairs
  }
  const both = pairsOf(left.map((cluster, row) => `${cluster} ${right[row]}`))
  const [lefts, rights] = [pairsOf(left), pairsOf(right)]
  return { both, left: lefts, right: rights, f1: (2 * both) / (lefts + rights) }
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** A column of the first rows, by the record's number in the first column: rows of a result may come in another order. */
async function readColumn(file: string, column: number, rows: number): Promise<string[]> {
  const values: string[] = Array.from({ length: rows })
  let isHeader = true
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const cells = line.split(',', column + 1)
    const row = Number(cells[0])
    if (!isHeader && row < rows) values[row] = cells[column] as string
    isHeader = false
  }
  return values
}

function round(share: number): number {
  return Number(share.toFixed(4))
}
