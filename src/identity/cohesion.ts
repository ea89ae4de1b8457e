import { OnefoldError } from '../errors.ts'
import type { CohesionRule, IndexedGraph } from './index-graph.ts'
import type { Partition } from './partition.ts'

/** Whether two clusters, seen through all judged pairs between them, are one person. */
export interface Cohesion {
  readonly breaks: (rootA: number, rootB: number) => boolean
  /** Tells that the sets of these roots became one. */
  readonly join: (rootA: number, rootB: number) => void
  /** Tells that what is joined by now was joined by people. */
  readonly trustJoined: () => void
}

/**
 * Joining two clusters breaks cohesion when, over the judged pairs with one end in each, one is no match and has at
 * least `decisiveBits` against; or contradictions, of at least `contradictionBits` against, are as many as matches or
 * more; or the mean strength, each clamped, is below the minimum. So records that fit two people, however many, are
 * no bridge between people whose names or birth dates part them: what is silent about these outvotes nothing. One
 * weaker contradiction is outvoted by two matches. Pairs never judged have no say, nor has a pair that is no match when
 * both match, or are among, records that people declared one person: that these look like two is known.
 */
export function createCohesion(graph: IndexedGraph, partition: Partition, rule: CohesionRule): Cohesion {
  const { offsets, edgeOf } = indexNeighbours(graph)
  // Refused clusters are often tried again by their next edge; the answer holds until one of them grows.
  const versions = new Uint32Array(graph.ids.length)
  const refused = new Map<number, number>()
  const trusted = new Map<number, Set<number>>()
  const trust = (node: number, root: number): void => {
    const known = trusted.get(node)
    if (known === undefined) trusted.set(node, new Set([root]))
    else known.add(root)
  }
  const areExcused = (node: number, neighbour: number): boolean => {
    const known = trusted.get(node)
    const others = known && trusted.get(neighbour)
    return others !== undefined && [...others].some((root) => known?.has(root))
  }
  const weigh = (few: number, other: number): boolean => {
    let matches = 0
    let contradictions = 0
    let judged = 0
    let sum = 0
    for (let node = partition.firstMember(few); node >= 0; node = partition.nextMember(node)) {
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        const edge = edgeOf[i]!
        const neighbour = graph.edgeA[edge] === node ? graph.edgeB[edge]! : graph.edgeA[edge]!
        if (partition.find(neighbour) !== other) continue
        const strength = graph.edgeStrength[edge]!
        const verdict = graph.edgeVerdict[edge]!
        if (verdict !== 1 && areExcused(node, neighbour)) continue
        judged++
        sum += quantize(Math.max(-rule.clampBits, Math.min(rule.clampBits, strength)))
        if (verdict === 1) matches++
        else if (strength <= -rule.decisiveBits) return true
        else if (strength <= -rule.contradictionBits) contradictions++
      }
    }
    return contradictions >= Math.max(1, matches) || sum < judged * quantize(rule.minMeanBits)
  }
  return {
    breaks: (rootA, rootB) => {
      const [few, other] = partition.size(rootA) <= partition.size(rootB) ? [rootA, rootB] : [rootB, rootA]
      const low = Math.min(rootA, rootB)
      const high = Math.max(rootA, rootB)
      const pair = low * graph.ids.length + high
      // Versions only grow, so an equal sum means that neither has changed.
      const version = versions[low]! + versions[high]!
      if (refused.get(pair) === version) return true
      const isBroken = weigh(few, other)
      if (isBroken) refused.set(pair, version)
      return isBroken
    },
    join: (rootA, rootB) => {
      versions[rootA]!++
      versions[rootB]!++
    },
    trustJoined: () => {
      const isLinked = (node: number): boolean => partition.size(partition.find(node)) > 1
      for (let node = 0; node < graph.ids.length; node++) if (isLinked(node)) trust(node, partition.find(node))
      for (const edge of graph.matchOrder) {
        const [a, b] = [graph.edgeA[edge]!, graph.edgeB[edge]!]
        if (isLinked(a)) trust(b, partition.find(a))
        if (isLinked(b)) trust(a, partition.find(b))
      }
    },
  }
}

/** Sums must not depend on the order of their terms, so strengths are added as whole 2^-20 bits. */
function quantize(bits: number): number {
  return Math.round(bits * 1_048_576)
}

/** The edges of each node, as positions in one array. Throws `cluster.repeated_edge` when a pair has two edges. */
function indexNeighbours(graph: IndexedGraph): { readonly offsets: Uint32Array; readonly edgeOf: Uint32Array } {
  const count = graph.edgeA.length
  const offsets = new Uint32Array(graph.ids.length + 1)
  for (let edge = 0; edge < count; edge++) {
    offsets[graph.edgeA[edge]! + 1]!++
    offsets[graph.edgeB[edge]! + 1]!++
  }
  for (let node = 0; node < graph.ids.length; node++) offsets[node + 1]! += offsets[node]!
  const filled = Uint32Array.from(offsets)
  const edgeOf = new Uint32Array(count * 2)
  for (let edge = 0; edge < count; edge++) {
    edgeOf[filled[graph.edgeA[edge]!]!++] = edge
    edgeOf[filled[graph.edgeB[edge]!]!++] = edge
  }
  const seenFrom = new Int32Array(graph.ids.length).fill(-1)
  for (let node = 0; node < graph.ids.length; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const edge = edgeOf[i]!
      const neighbour = graph.edgeA[edge] === node ? graph.edgeB[edge]! : graph.edgeA[edge]!
      if (seenFrom[neighbour] === node) {
        throw new OnefoldError('invariant', 'cluster.repeated_edge', 'a pair of nodes has two edges', {
          details: { a: graph.ids[node] ?? '', b: graph.ids[neighbour] ?? '' },
        })
      }
      seenFrom[neighbour] = node
    }
  }
  return { offsets, edgeOf }
}
