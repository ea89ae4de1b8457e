import { createCohesion } from './cohesion.ts'
import { createLimits } from './identifier-limits.ts'
import { indexGraph } from './index-graph.ts'
import type { ClusterConstraints, ClusterEdge, ClusterNode } from './index-graph.ts'
import { createPartition } from './partition.ts'
import { planReview } from './plan-review.ts'
import type { Refusal, ReviewItem } from './plan-review.ts'

/** Who belongs together: every node in exactly one cluster. */
export interface Clustering {
  /** Ids sorted within a cluster, clusters sorted by their first id. Singles included. */
  readonly clusters: readonly (readonly string[])[]
  /** What a person should look at, in canonical order: strongest first, then by ids. */
  readonly refused: readonly ReviewItem[]
  /** The pairs that joined two groups, in the order they did: one fewer than records for each cluster. */
  readonly joins: readonly ClusterJoin[]
}

export interface ClusterJoin {
  /** `a < b`. */
  readonly a: string
  readonly b: string
  /** Bits of the pair; `Infinity` for a person's link. */
  readonly strength: number
}

/**
 * Groups records into persons. A function of nodes, edges and constraints alone: their order changes nothing, and
 * the clustering of a component (see `findComponents`) is the same alone as among others.
 *
 * Pairs a person linked are joined first. Then match edges, strongest first, ties by ids, join the clusters of
 * their ends unless that would put a never-link pair or two protected records together, raise an identifier count
 * above its limit, or break cohesion (see `createCohesion`). A person's link ignores all of these but a never-link.
 * What is refused becomes a review item. Near linear in nodes and edges.
 *
 * One edge per pair, strengths finite. Errors: `cluster.unknown_node`, `cluster.repeated_node`,
 * `cluster.repeated_edge`, `cluster.bad_strength`, all invariants.
 */
export function cluster(
  nodes: readonly ClusterNode[],
  edges: readonly ClusterEdge[],
  constraints: ClusterConstraints,
): Clustering {
  const graph = indexGraph(nodes, edges, constraints)
  const partition = createPartition(graph.ids.length)
  const limits = createLimits(graph, constraints.limits)
  const cohesion = createCohesion(graph, partition, constraints.cohesion)
  const isProtected = new Uint8Array(graph.ids.length)
  for (const node of graph.protectedNodes) isProtected[node] = 1
  const refusals: Refusal[] = []
  const joins: ClusterJoin[] = []

  const joinsNeverLink = (rootA: number, rootB: number): boolean => {
    if (graph.neverLink.size === 0) return false
    const [few, other] = partition.size(rootA) <= partition.size(rootB) ? [rootA, rootB] : [rootB, rootA]
    for (let node = partition.firstMember(few); node >= 0; node = partition.nextMember(node)) {
      const apart = graph.neverLink.get(node)
      if (apart !== undefined && apart.some((partner) => partition.find(partner) === other)) return true
    }
    return false
  }
  const findObstacle = (rootA: number, rootB: number): Refusal['reason'] | undefined => {
    if (joinsNeverLink(rootA, rootB)) return 'never_link'
    if (isProtected[rootA] === 1 && isProtected[rootB] === 1) return 'protection'
    if (limits.exceeds(rootA, rootB)) return 'identifier_limit'
    return cohesion.breaks(rootA, rootB) ? 'cohesion' : undefined
  }
  const join = (a: number, b: number, strength: number): void => {
    const rootA = partition.find(a)
    const rootB = partition.find(b)
    const root = partition.join(rootA, rootB)
    limits.join(rootA, rootB, root)
    cohesion.join(rootA, rootB)
    isProtected[root] = isProtected[rootA]! | isProtected[rootB]!
    joins.push({ a: graph.ids[a]!, b: graph.ids[b]!, strength })
  }

  for (const [a, b] of graph.alwaysLink) {
    const rootA = partition.find(a)
    const rootB = partition.find(b)
    if (rootA === rootB) continue
    if (joinsNeverLink(rootA, rootB)) refusals.push({ a, b, strength: Infinity, reason: 'never_link' })
    else join(a, b, Infinity)
  }
  if (joins.length > 0) cohesion.trustJoined()
  for (const edge of graph.matchOrder) {
    const a = graph.edgeA[edge]!
    const b = graph.edgeB[edge]!
    const rootA = partition.find(a)
    const rootB = partition.find(b)
    if (rootA === rootB) continue
    const reason = findObstacle(rootA, rootB)
    if (reason === undefined) join(a, b, graph.edgeStrength[edge]!)
    else refusals.push({ a, b, strength: graph.edgeStrength[edge]!, reason })
  }
  for (const edge of graph.reviewEdges) {
    const a = graph.edgeA[edge]!
    const b = graph.edgeB[edge]!
    refusals.push({ a, b, strength: graph.edgeStrength[edge]!, reason: 'score' })
  }
  return { clusters: partition.clusters(graph.ids), refused: planReview(refusals, graph, partition), joins }
}
