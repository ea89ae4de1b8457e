import { numberTuples } from './number-tuples.ts'

export interface ClusterMeasure {
  readonly truePairs: number
  readonly foundPairs: number
  /** Of pairs within clusters, after closure, 0 to 1; 1 when there are none. */
  readonly precision: number
  readonly recall: number
  /** Harmonic mean; 0 when nothing is right. */
  readonly f1: number
}

/** Compares two groupings of the same rows by the pairs each holds together. Labels are whole numbers, compared for equality only. */
export function measureClusters(truthOf: ArrayLike<number>, clusterOf: ArrayLike<number>): ClusterMeasure {
  const everything = new Int32Array(truthOf.length)
  const truth = numberLabels(truthOf)
  const clusters = numberLabels(clusterOf)
  const truePairs = countTogether(truth, everything)
  const foundPairs = countTogether(clusters, everything)
  const right = countTogether(truth, clusters)
  const precision = foundPairs === 0 ? 1 : right / foundPairs
  const recall = truePairs === 0 ? 1 : right / truePairs
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { truePairs, foundPairs, precision, recall, f1 }
}

/** The labels themselves where they are numbers up to that of rows, else numbers instead. */
function numberLabels(labels: ArrayLike<number>): Int32Array {
  const numbers = Int32Array.from(labels)
  const isSmall = numbers.every((label) => label >= 0 && label <= numbers.length)
  return isSmall ? numbers : numberTuples([numbers], numbers.length).numbers
}

/** Pairs of rows that are together by both labels, numbers up to that of rows. */
function countTogether(labels: Int32Array, others: Int32Array): number {
  const rowCount = labels.length
  const ends = new Int32Array(rowCount + 2)
  for (let row = 0; row < rowCount; row++) ends[labels[row]! + 1]!++
  for (let label = 0; label <= rowCount; label++) ends[label + 1]! += ends[label]!
  const places = ends.slice()
  const sorted = new Int32Array(rowCount)
  for (let row = 0; row < rowCount; row++) sorted[places[labels[row]!]!++] = others[row]!
  const sizes = new Int32Array(rowCount + 1)
  let pairs = 0
  for (let label = 0; label <= rowCount; label++) {
    for (let at = ends[label]!; at < ends[label + 1]!; at++) pairs += sizes[sorted[at]!]!++
    for (let at = ends[label]!; at < ends[label + 1]!; at++) sizes[sorted[at]!] = 0
  }
  return pairs
}
