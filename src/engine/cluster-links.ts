import type { PatternPairs } from './collect-pairs.ts'
import { linkRows, type LinkRules } from './link-rows.ts'

export interface ClusterInput extends LinkRules {
  readonly rowCount: number
  readonly pairs: PatternPairs
  /** Of each pattern: whether it connects, and its score. */
  readonly isMatch: Uint8Array
  readonly scoreOfPattern: Float64Array
  /** Whether `mayJoin` never says no to rows of which every pair matches. */
  readonly isAnyAllowed?: boolean
}

/**
 * Gives each row the lowest row of its cluster. Rows are looked at by connected component of match pairs, which can
 * be grouped alone with the same result: two rows, or a component in which every pair matches, are one cluster
 * unless they may not be; all others go through `linkRows`.
 */
export function clusterLinks(input: ClusterInput): Int32Array {
  const { rowCount, pairs, isMatch, scoreOfPattern, mayJoin, isAnyAllowed = false } = input
  const componentOf = findComponents(rowCount, pairs, isMatch)
  const sizes = new Int32Array(rowCount)
  const matches = new Int32Array(rowCount)
  for (const root of componentOf) sizes[root]!++
  for (let at = 0; at < pairs.a.length; at++) {
    if (isMatch[pairs.pattern[at]!] === 1) matches[componentOf[pairs.a[at]!]!]!++
  }
  const isOpen = (root: number): boolean => {
    const size = sizes[root]!
    return size > 2 && matches[root]! < (size * (size - 1)) / 2
  }
  const clusterOf = componentOf.slice()
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < rowCount; row++) {
    const root = componentOf[row]!
    if (sizes[root]! < 2 || (isAnyAllowed && !isOpen(root))) continue
    const rows = rowsOf.get(root)
    if (rows === undefined) rowsOf.set(root, [row])
    else rows.push(row)
  }
  const scored = new Map<number, { a: number[]; b: number[]; score: number[] }>()
  for (const [root, rows] of rowsOf) {
    if (isAnyAllowed || isOpen(root) || !isAllowed(rows, mayJoin)) scored.set(root, { a: [], b: [], score: [] })
  }
  for (let at = 0; at < pairs.a.length; at++) {
    const a = pairs.a[at]!
    const b = pairs.b[at]!
    const root = componentOf[a]!
    if (root !== componentOf[b]) continue
    const list = scored.get(root)
    if (list === undefined) continue
    list.a.push(a)
    list.b.push(b)
    list.score.push(scoreOfPattern[pairs.pattern[at]!]!)
  }
  for (const [root, list] of scored) {
    for (const rows of linkRows(rowsOf.get(root)!, list, input)) {
      const lowest = Math.min(...rows)
      for (const row of rows) clusterOf[row] = lowest
    }
  }
  return clusterOf
}

/** Whether rows may stand together one by one: what forbids a pair forbids the group. */
function isAllowed(rows: readonly number[], mayJoin: LinkRules['mayJoin']): boolean {
  return rows.every((row, at) => at === 0 || mayJoin(rows.slice(0, at), [row]))
}

function findComponents(rowCount: number, { a, b, pattern }: PatternPairs, isMatch: Uint8Array): Int32Array {
  const parent = Int32Array.from({ length: rowCount }, (_, row) => row)
  const find = (row: number): number => {
    while (parent[row] !== row) {
      parent[row] = parent[parent[row]!]!
      row = parent[row]!
    }
    return row
  }
  for (let at = 0; at < a.length; at++) {
    if (isMatch[pattern[at]!] === 0) continue
    const x = find(a[at]!)
    const y = find(b[at]!)
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y)
  }
  return parent.map((_, row) => find(row))
}
