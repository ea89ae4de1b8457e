/** Pairwise agreement of a grouping with the truth, over all pairs of the records it is asked about. */
export interface PairMeasure {
  readonly records: number
  readonly truePairs: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Measures found groups against true ones; both maps are by record. A record without a group is alone. */
export function measurePairs(truth: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): PairMeasure {
  const countPairs = (labels: Iterable<string>): number => {
    const counts = new Map<string, number>()
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
    return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  }
  const groupOf = (record: string): string => found.get(record) ?? `alone ${record}`
  const truePairs = countPairs(truth.values())
  const foundPairs = countPairs([...truth.keys()].map(groupOf))
  const right = countPairs([...truth].map(([record, label]) => `${label} ${groupOf(record)}`))
  const precision = right / foundPairs
  const recall = right / truePairs
  return { records: truth.size, truePairs, precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}
