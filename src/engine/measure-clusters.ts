export interface ClusterMeasure {
  readonly truePairs: number
  readonly foundPairs: number
  /** Of pairs within clusters, after closure, 0 to 1; 1 when there are none. */
  readonly precision: number
  readonly recall: number
  /** Harmonic mean; 0 when nothing is right. */
  readonly f1: number
}

/**
 * Compares two groupings of the same rows by the pairs each holds together. Labels are compared for equality only;
 * those of clusters are from 0 to below the number of rows.
 */
export function measureClusters(truthOf: ArrayLike<number>, clusterOf: ArrayLike<number>): ClusterMeasure {
  const inTruth = new Map<number, number>()
  const inCluster = new Map<number, number>()
  const inBoth = new Map<number, number>()
  const numbers = new Map<number, number>()
  const number = (label: number): number => {
    const known = numbers.get(label)
    if (known !== undefined) return known
    numbers.set(label, numbers.size)
    return numbers.size - 1
  }
  const add = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  for (let row = 0; row < truthOf.length; row++) {
    add(inTruth, truthOf[row]!)
    add(inCluster, clusterOf[row]!)
    // Labels numbered as they turn up are below the number of rows, so two fit into one double.
    add(inBoth, number(truthOf[row]!) * truthOf.length + clusterOf[row]!)
  }
  const pairs = (counts: ReadonlyMap<unknown, number>): number => {
    let sum = 0
    for (const count of counts.values()) sum += (count * (count - 1)) / 2
    return sum
  }
  const truePairs = pairs(inTruth)
  const foundPairs = pairs(inCluster)
  const right = pairs(inBoth)
  const precision = foundPairs === 0 ? 1 : right / foundPairs
  const recall = truePairs === 0 ? 1 : right / truePairs
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { truePairs, foundPairs, precision, recall, f1 }
}
