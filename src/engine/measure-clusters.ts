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
  const truth = Int32Array.from(truthOf)
  const clusters = Int32Array.from(clusterOf)
  const truePairs = countTogether([truth])
  const foundPairs = countTogether([clusters])
  const right = countTogether([truth, clusters])
  const precision = foundPairs === 0 ? 1 : right / foundPairs
  const recall = truePairs === 0 ? 1 : right / truePairs
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { truePairs, foundPairs, precision, recall, f1 }
}

/** Pairs of rows that have all labels in common. */
function countTogether(labels: readonly Int32Array[]): number {
  const { numbers, firstRows } = numberTuples(labels, labels[0]!.length)
  const sizes = new Int32Array(firstRows.length)
  let pairs = 0
  for (const number of numbers) pairs += sizes[number]!++
  return pairs
}
