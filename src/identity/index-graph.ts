import { OnefoldError } from '../errors.ts'

export interface ClusterNode {
  readonly id: string
  /** Hashes or plain texts: only equality matters. */
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[]
  /** When the source last changed what it tells, milliseconds since 1970; absent where it does not say. */
  readonly atMs?: number
}

/** How many different values of an identifier a cluster may have. */
export interface IdentifierLimit {
  readonly most: number
  /** Counted within any window of so many milliseconds, both ends included; absent: over all time. */
  readonly withinMs?: number
}

/** A judged pair, of any verdict: distinct pairs speak when cohesion is weighed. */
export interface ClusterEdge {
  readonly a: string
  readonly b: string
  /** Bits, as `Judgement.strengthBits`: how surely one person, or, 0 or less, how much they contradict. */
  readonly strength: number
  readonly verdict: 'match' | 'review' | 'distinct'
}

export interface CohesionRule {
  /** A pair that is no match and has this many bits against is a contradiction; weaker ones abstain from the vote. */
  readonly contradictionBits: number
  /** With this many bits against, a pair that is no match keeps clusters apart alone, whatever the other pairs say. */
  readonly decisiveBits: number
  /** No pair counts for more than this in the mean, either way, so that one cannot drown the rest. */
  readonly clampBits: number
  /** The mean over judged cross pairs must not be below this. */
  readonly minMeanBits: number
}

/**
 * 3 bits: eight to one against, after leaving the prior aside. 12 bits: a clear match by score is about 6 to 12
 * bits above even, so links by identifier cannot outweigh several contradictions; what is as far against as the
 * clearest match is for, which pairs of contradicting names or birth dates always are (see `judgePair`), decides.
 * 0: at least even odds on average.
 */
export const DEFAULT_COHESION: CohesionRule = {
  contradictionBits: 3,
  decisiveBits: 12,
  clampBits: 12,
  minMeanBits: 0,
}

export interface ClusterConstraints {
  /** Pairs a person declared two people. Ids that are not among the nodes are ignored. */
  readonly neverLink: readonly (readonly [string, string])[]
  /** Pairs a person declared one. */
  readonly alwaysLink: readonly (readonly [string, string])[]
  /** Of these no two come into one cluster but by a person's link. */
  readonly protectedIds?: readonly string[]
  /** By kind of identifier; kinds not named have no limit. */
  readonly limits: Readonly<Record<string, IdentifierLimit>>
  readonly cohesion: CohesionRule
}

/** The graph with nodes numbered in the order of their ids, so that comparing numbers is comparing ids. */
export interface IndexedGraph {
  readonly ids: readonly string[]
  /** `edgeA[i] < edgeB[i]`. */
  readonly edgeA: Uint32Array
  readonly edgeB: Uint32Array
  readonly edgeStrength: Float64Array
  /** 1 match, 0 review, -1 distinct. */
  readonly edgeVerdict: Int8Array
  /** Match edges in canonical order: strongest first, then by ids. */
  readonly matchOrder: Uint32Array
  readonly reviewEdges: Uint32Array
  readonly neverLink: ReadonlyMap<number, readonly number[]>
  /** Sorted. */
  readonly alwaysLink: readonly (readonly [number, number])[]
  readonly protectedNodes: readonly number[]
  readonly identifiersOf: (node: number) => ClusterNode['identifiers']
  /** NaN where the node has no time. */
  readonly timeOf: (node: number) => number
}

/** Numbers the nodes and orders the edges. Errors as in `cluster`; an edge from a node to itself says nothing. */
export function indexGraph(
  nodes: readonly ClusterNode[],
  edges: readonly ClusterEdge[],
  constraints: ClusterConstraints,
): IndexedGraph {
  const sorted = [...nodes].sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0))
  const numberOf = new Map<string, number>()
  for (const [number, { id }] of sorted.entries()) numberOf.set(id, number)
  if (numberOf.size < nodes.length) {
    throw new OnefoldError('invariant', 'cluster.repeated_node', 'a node was given twice', {
      details: { nodes: nodes.length, ids: numberOf.size },
    })
  }
  const edgeA = new Uint32Array(edges.length)
  const edgeB = new Uint32Array(edges.length)
  const edgeStrength = new Float64Array(edges.length)
  const edgeVerdict = new Int8Array(edges.length)
  const matches: number[] = []
  const reviews: number[] = []
  let count = 0
  for (const { a, b, strength, verdict } of edges) {
    const x = numberOf.get(a)
    const y = numberOf.get(b)
    if (x === undefined || y === undefined) {
      throw new OnefoldError('invariant', 'cluster.unknown_node', 'an edge names a node that was not given', {
        details: { a, b },
      })
    }
    if (!Number.isFinite(strength)) {
      throw new OnefoldError('invariant', 'cluster.bad_strength', 'an edge has no finite strength', {
        details: { a, b },
      })
    }
    if (x === y) continue
    edgeA[count] = Math.min(x, y)
    edgeB[count] = Math.max(x, y)
    edgeStrength[count] = strength
    edgeVerdict[count] = verdict === 'match' ? 1 : verdict === 'review' ? 0 : -1
    if (verdict === 'match') matches.push(count)
    if (verdict === 'review') reviews.push(count)
    count++
  }
  const canonical = (x: number, y: number) =>
    edgeStrength[y]! - edgeStrength[x]! || edgeA[x]! - edgeA[y]! || edgeB[x]! - edgeB[y]!
  const neverLink = new Map<number, number[]>()
  for (const [x, y] of numberPairs(constraints.neverLink, numberOf)) {
    neverLink.set(x, [...(neverLink.get(x) ?? []), y])
    neverLink.set(y, [...(neverLink.get(y) ?? []), x])
  }
  return {
    ids: sorted.map(({ id }) => id),
    edgeA: edgeA.subarray(0, count),
    edgeB: edgeB.subarray(0, count),
    edgeStrength: edgeStrength.subarray(0, count),
    edgeVerdict: edgeVerdict.subarray(0, count),
    matchOrder: Uint32Array.from(matches).sort(canonical),
    reviewEdges: Uint32Array.from(reviews),
    neverLink,
    alwaysLink: numberPairs(constraints.alwaysLink, numberOf),
    protectedNodes: (constraints.protectedIds ?? []).flatMap((id) => numberOf.get(id) ?? []),
    identifiersOf: (node) => sorted[node]?.identifiers ?? [],
    timeOf: (node) => sorted[node]?.atMs ?? Number.NaN,
  }
}

/** Pairs with both ends among the nodes, smaller end first, sorted. */
function numberPairs(
  pairs: readonly (readonly [string, string])[],
  numberOf: ReadonlyMap<string, number>,
): readonly (readonly [number, number])[] {
  const numbered: [number, number][] = []
  for (const [a, b] of pairs) {
    const x = numberOf.get(a)
    const y = numberOf.get(b)
    if (x !== undefined && y !== undefined && x !== y) numbered.push([Math.min(x, y), Math.max(x, y)])
  }
  return numbered.sort((p, q) => p[0] - q[0] || p[1] - q[1])
}
