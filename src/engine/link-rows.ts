import { openMergeHeap } from './merge-heap.ts'

/** What is known between two clusters: the sum of the scores of all pairs across, and how many there are. */
interface Tie {
  readonly sum: number
  readonly count: number
}

export interface LinkRules {
  /** Score of any two rows, symmetric: above 0 for one person. */
  readonly scoreOf: (rowA: number, rowB: number) => number
  /** Whether two groups of rows may be joined at all. */
  readonly mayJoin: (a: readonly number[], b: readonly number[]) => boolean
  readonly rankOf: Int32Array
}

/** Scored pairs of some rows: `at` of the ends, scores beside. */
export interface ScoredPairs {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly score: readonly number[]
}

/**
 * Groups rows by average linkage: again and again the two clusters with the highest mean score over all pairs across
 * are joined, as long as it is 0 or more and they may be. Only clusters with a given pair between them are weighed,
 * and then every pair across counts, scored on demand: a chain or a bridge is one pair among many that say no.
 * A function of the rows and scores; their order does not show (Sokal & Michener 1958; ties by `rankOf`).
 */
export function linkRows(
  rows: readonly number[],
  pairs: ScoredPairs,
  rules: LinkRules,
): readonly (readonly number[])[] {
  const { scoreOf, mayJoin, rankOf } = rules
  const members = new Map<number, number[]>(rows.map((row) => [row, [row]]))
  const versions = new Map<number, number>(rows.map((row) => [row, 0]))
  const ties = new Map<number, Map<number, Tie>>(rows.map((row) => [row, new Map()]))
  const heap = openMergeHeap(rankOf)

  const offer = (x: number, y: number, { sum, count }: Tie): void => {
    if (sum < 0) return
    const [a, b] = rankOf[x]! < rankOf[y]! ? [x, y] : [y, x]
    heap.push({ mean: sum / count, a, b, versionA: versions.get(a)!, versionB: versions.get(b)! })
  }
  const scoreAcross = (some: readonly number[], others: readonly number[]): Tie => {
    let sum = 0
    for (const x of some) for (const y of others) sum += scoreOf(x, y)
    return { sum, count: some.length * others.length }
  }
  const join = (a: number, b: number): void => {
    const tiesA = ties.get(a)!
    const tiesB = ties.get(b)!
    const membersA = members.get(a)!
    const membersB = members.get(b)!
    tiesA.delete(b)
    tiesB.delete(a)
    for (const other of new Set([...tiesA.keys(), ...tiesB.keys()])) {
      const toA = tiesA.get(other) ?? scoreAcross(membersA, members.get(other)!)
      const toB = tiesB.get(other) ?? scoreAcross(membersB, members.get(other)!)
      const both = { sum: toA.sum + toB.sum, count: toA.count + toB.count }
      const back = ties.get(other)!
      back.delete(b)
      back.set(a, both)
      tiesA.set(other, both)
    }
    membersA.push(...membersB)
    members.delete(b)
    ties.delete(b)
    versions.set(a, versions.get(a)! + 1)
    versions.set(b, -1)
    for (const [other, tie] of tiesA) offer(a, other, tie)
  }

  pairs.a.forEach((a, at) => {
    const b = pairs.b[at]!
    const tie = { sum: pairs.score[at]!, count: 1 }
    ties.get(a)!.set(b, tie)
    ties.get(b)!.set(a, tie)
    offer(a, b, tie)
  })
  for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
    const { a, b, versionA, versionB } = top
    if (versions.get(a) !== versionA || versions.get(b) !== versionB) continue
    if (mayJoin(members.get(a)!, members.get(b)!)) join(a, b)
  }
  return [...members.values()]
}
