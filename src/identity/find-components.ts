import type { ClusterConstraints, ClusterEdge } from './index-graph.ts'
import { createPartition } from './partition.ts'

/**
 * The sets of ids that can be clustered on their own with the same result: connected by match or review edges or
 * by a person's links. Distinct edges and never-links inside a set belong to it; those between sets say nothing.
 * Sorted within, and by first id; every id is in exactly one. Edges to ids that were not given are ignored.
 */
export function findComponents(
  ids: readonly string[],
  edges: readonly ClusterEdge[],
  alwaysLink: ClusterConstraints['alwaysLink'],
): readonly (readonly string[])[] {
  const sorted = [...new Set(ids)].sort()
  const numberOf = new Map(sorted.map((id, number) => [id, number]))
  const partition = createPartition(sorted.length)
  const join = (a: string, b: string): void => {
    const x = numberOf.get(a)
    const y = numberOf.get(b)
    if (x === undefined || y === undefined) return
    const rootA = partition.find(x)
    const rootB = partition.find(y)
    if (rootA !== rootB) partition.join(rootA, rootB)
  }
  for (const { a, b, verdict } of edges) if (verdict !== 'distinct') join(a, b)
  for (const [a, b] of alwaysLink) join(a, b)
  return partition.clusters(sorted)
}
