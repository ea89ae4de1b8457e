import type { PatternScores } from './score-patterns.ts'

export interface LinkedPairs {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly pattern: Int32Array
}

interface Tie {
  sum: number
  count: number
}

export interface ClusterInput {
  readonly rowCount: number
  readonly pairs: LinkedPairs
  readonly scores: PatternScores
  /** Probability from which a pair connects. */
  readonly match: number
  /** Score of any two rows. */
  readonly scoreOf: (rowA: number, rowB: number) => number
  readonly scoreOfPattern: Float64Array
  readonly rankOf: Int32Array
}

/**
 * Groups rows by average linkage inside each connected component of match pairs.
 */
export function clusterLinks({
  rowCount,
  pairs,
  scores,
  match,
  scoreOf,
  scoreOfPattern,
  rankOf,
}: ClusterInput): Int32Array {
  const parent = Int32Array.from({ length: rowCount }, (_, row) => row)
  const find = (row: number): number => {
    while (parent[row] !== row) {
      parent[row] = parent[parent[row]!]!
      row = parent[row]!
    }
    return row
  }
  for (let at = 0; at < pairs.a.length; at++) {
    if (scores.probability[pairs.pattern[at]!]! < match) continue
    const x = find(pairs.a[at]!)
    const y = find(pairs.b[at]!)
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y)
  }
  const component = Int32Array.from({ length: rowCount }, (_, row) => find(row))
  const sizes = new Int32Array(rowCount)
  for (const root of component) sizes[root]!++
  // Ties of components of three rows and more.
  const ties = new Map<number, Map<number, Tie>>()
  const tieOf = (x: number, y: number): Map<number, Tie> => {
    let own = ties.get(x)
    if (own === undefined) ties.set(x, (own = new Map()))
    void y
    return own
  }
  for (let at = 0; at < pairs.a.length; at++) {
    const a = pairs.a[at]!
    const b = pairs.b[at]!
    if (component[a] !== component[b] || sizes[component[a]!]! < 3) continue
    const tie = { sum: scoreOfPattern[pairs.pattern[at]!]!, count: 1 }
    tieOf(a, b).set(b, tie)
    tieOf(b, a).set(a, tie)
  }
  const clusterOf = component.slice()
  const members = new Map<number, number[]>()
  const rootsOf = new Map<number, number[]>()
  for (const row of ties.keys()) {
    members.set(row, [row])
    const root = component[row]!
    const list = rootsOf.get(root)
    if (list === undefined) rootsOf.set(root, [row])
    else list.push(row)
  }
  for (const rows of rootsOf.values()) {
    rows.sort((x, y) => rankOf[x]! - rankOf[y]!)
    const heap: { mean: number; a: number; b: number; va: number; vb: number }[] = []
    const version = new Map<number, number>(rows.map((row) => [row, 0]))
    const above = (x: (typeof heap)[number], y: (typeof heap)[number]): boolean =>
      x.mean !== y.mean
        ? x.mean > y.mean
        : rankOf[x.a]! !== rankOf[y.a]!
          ? rankOf[x.a]! < rankOf[y.a]!
          : rankOf[x.b]! < rankOf[y.b]!
    const push = (entry: (typeof heap)[number]): void => {
      heap.push(entry)
      let at = heap.length - 1
      while (at > 0) {
        const up = (at - 1) >> 1
        if (!above(heap[at]!, heap[up]!)) break
        ;[heap[at], heap[up]] = [heap[up]!, heap[at]!]
        at = up
      }
    }
    const pop = (): (typeof heap)[number] | undefined => {
      const top = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || last === undefined) return top
      heap[0] = last
      for (let at = 0; ;) {
        let best = at
        for (const down of [2 * at + 1, 2 * at + 2])
          if (down < heap.length && above(heap[down]!, heap[best]!)) best = down
        if (best === at) return top
        ;[heap[at], heap[best]] = [heap[best]!, heap[at]!]
        at = best
      }
    }
    const offer = (x: number, y: number, tie: Tie): void => {
      const mean = tie.sum / tie.count
      if (mean < 0) return
      const [a, b] = rankOf[x]! < rankOf[y]! ? [x, y] : [y, x]
      push({ mean, a, b, va: version.get(a)!, vb: version.get(b)! })
    }
    for (const x of rows) for (const [y, tie] of ties.get(x)!) if (rankOf[x]! < rankOf[y]!) offer(x, y, tie)
    for (let top = pop(); top !== undefined; top = pop()) {
      const { a, b } = top
      if (version.get(a) !== top.va || version.get(b) !== top.vb) continue
      const tiesA = ties.get(a)!
      const tiesB = ties.get(b)!
      tiesA.delete(b)
      tiesB.delete(a)
      version.set(a, top.va + 1)
      version.set(b, -1)
      const membersA = members.get(a)!
      const membersB = members.get(b)!
      const fill = (own: readonly number[], other: number): Tie => {
        const tie = { sum: 0, count: 0 }
        for (const x of own)
          for (const y of members.get(other)!) {
            tie.sum += scoreOf(x, y)
            tie.count++
          }
        return tie
      }
      for (const [other, tie] of tiesB) {
        const others = ties.get(other)!
        others.delete(b)
        const known = tiesA.get(other) ?? fill(membersA, other)
        const merged = { sum: known.sum + tie.sum, count: known.count + tie.count }
        tiesA.set(other, merged)
        others.set(a, merged)
      }
      for (const [other, tie] of tiesA) {
        if (tiesB.has(other)) continue
        const more = fill(membersB, other)
        const merged = { sum: tie.sum + more.sum, count: tie.count + more.count }
        tiesA.set(other, merged)
        ties.get(other)!.set(a, merged)
      }
      membersA.push(...membersB)
      members.delete(b)
      ties.delete(b)
      for (const [other, tie] of tiesA) offer(a, other, tie)
    }
  }
  for (const [, rows] of members) {
    const root = Math.min(...rows)
    for (const row of rows) clusterOf[row] = root
  }
  return clusterOf
}
