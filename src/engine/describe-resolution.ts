import { measureClusters } from './measure-clusters.ts'
import type { CalibrationBin, DedupeReport, DoubtfulPair, HistogramBin } from './report.ts'
import type { Resolution } from './resolve-table.ts'
import type { Table } from './table.ts'
import type { UnderstoodColumn } from './understanding.ts'

const MOST_DOUBTFUL = 50
/** Bits of log2 odds beyond which pairs are counted together. */
const HISTOGRAM_BITS = 20
const CALIBRATION_EDGES = [0, 0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 1]

/** Says what a run did; `truthOf` numbers the true persons, where somebody knows them. */
export function describeResolution(
  table: Table,
  understood: readonly UnderstoodColumn[],
  resolution: Resolution,
  nameOf: (row: number) => string,
  truthOf?: Int32Array,
): DedupeReport {
  const { clusterOf, pairs, scores, uses, training, choice, model } = resolution
  const sizes = new Int32Array(clusterOf.length)
  for (const root of clusterOf) sizes[root]!++
  let clusters = 0
  let largestCluster = 0
  for (const size of sizes) {
    if (size > 0) clusters++
    if (size > largestCluster) largestCluster = size
  }
  const measure = truthOf && measureClusters(truthOf, clusterOf)
  const truth = measure && { ...measure, ...calibrate(resolution, truthOf, measure.truePairs) }
  return {
    rows: table.rowCount,
    files: table.files,
    clusters,
    largestCluster,
    columns: understood,
    rules: uses,
    candidatePairs: pairs.a.length,
    expectedBlockingLoss: 1 - choice.expectedRecall,
    priorMatch: model.priorMatch,
    priorHousehold: model.priorHousehold,
    expectedMatches: scores.expectedMatches,
    trainingRounds: training?.rounds ?? 0,
    comparisons: model.comparisons,
    thresholds: model.thresholds,
    histogram: countBits(resolution),
    doubtful: findDoubtful(resolution, nameOf),
    notes: resolution.notes,
    ...(truth && { truth }),
  }
}

function countBits({ patterns, scores }: Resolution): readonly HistogramBin[] {
  const bins = new Map<number, number>()
  for (let pattern = 0; pattern < patterns.counts.length; pattern++) {
    const bits = Math.max(-HISTOGRAM_BITS, Math.min(HISTOGRAM_BITS, Math.floor(scores.oddsBits[pattern]!)))
    bins.set(bits, (bins.get(bits) ?? 0) + patterns.counts[pattern]!)
  }
  return [...bins].sort(([a], [b]) => a - b).map(([fromBits, count]) => ({ fromBits, pairs: count }))
}

function findDoubtful(resolution: Resolution, nameOf: (row: number) => string): readonly DoubtfulPair[] {
  const { pairs, patterns, scores, model, clusterOf } = resolution
  const inDoubt: number[] = []
  for (let at = 0; at < pairs.a.length; at++) {
    const probability = scores.probability[pairs.pattern[at]!]!
    if (probability >= model.thresholds.review && probability <= 1 - model.thresholds.review) inDoubt.push(at)
  }
  const doubt = (at: number): number => Math.abs(scores.oddsBits[pairs.pattern[at]!]!)
  inDoubt.sort((x, y) => doubt(x) - doubt(y))
  return inDoubt.slice(0, MOST_DOUBTFUL).map((at) => {
    const a = pairs.a[at]!
    const b = pairs.b[at]!
    const pattern = pairs.pattern[at]!
    const parts = model.comparisons.flatMap(({ name, levels }, place) => {
      const level = levels[patterns.levels[pattern * patterns.width + place]!]
      return level === undefined
        ? []
        : [{ comparison: name, level: level.label, weightBits: Math.log2(level.m / level.u) }]
    })
    return {
      a: nameOf(a),
      b: nameOf(b),
      probability: scores.probability[pattern]!,
      inOneCluster: clusterOf[a] === clusterOf[b],
      parts,
    }
  })
}

function calibrate(
  { pairs, scores }: Resolution,
  truthOf: Int32Array,
  truePairs: number,
): { readonly blockingRecall: number; readonly calibration: readonly CalibrationBin[] } {
  const bins = CALIBRATION_EDGES.slice(1).map((toProbability, at) => ({
    fromProbability: CALIBRATION_EDGES[at]!,
    toProbability,
    pairs: 0,
    expected: 0,
    observed: 0,
  }))
  const binOf = Array.from(
    scores.probability,
    (probability) => bins.find(({ toProbability }) => probability <= toProbability) ?? bins.at(-1)!,
  )
  let found = 0
  for (let at = 0; at < pairs.a.length; at++) {
    const pattern = pairs.pattern[at]!
    const bin = binOf[pattern]!
    bin.pairs++
    bin.expected += scores.probability[pattern]!
    if (truthOf[pairs.a[at]!] !== truthOf[pairs.b[at]!]) continue
    bin.observed++
    found++
  }
  return { blockingRecall: truePairs === 0 ? 1 : found / truePairs, calibration: bins }
}
