import type { IndexedGraph } from './index-graph.ts'
import type { Partition } from './partition.ts'

/** A pair a person should look at, because the clusters it would join were kept apart. */
export interface ReviewItem {
  /** `a < b`. */
  readonly a: string
  readonly b: string
  readonly reason: 'identifier_limit' | 'never_link' | 'cohesion' | 'protection' | 'score'
  /** Bits of the pair; `Infinity` for a person's link that another decision forbids. */
  readonly strength: number
  /** How many refused pairs between the two clusters this one speaks for, itself included. */
  readonly pairs: number
}

export interface Refusal {
  readonly a: number
  readonly b: number
  readonly strength: number
  readonly reason: ReviewItem['reason']
}

/**
 * One review item for each two clusters with a refused or undecided pair between them: its strongest pair, ties by
 * ids, refused merges before undecided scores. Pairs that ended up in one cluster need no look, nor do pairs a
 * person has declared two people, nor doubts between clusters that such a pair keeps apart: whoever was asked once is
 * not asked for every pair across. Sorted strongest first, then by ids.
 */
export function planReview(refusals: readonly Refusal[], graph: IndexedGraph, partition: Partition): ReviewItem[] {
  const parted = new Set<string>()
  for (const [node, others] of graph.neverLink)
    for (const other of others) parted.add(nameTwo(partition.find(node), partition.find(other)))
  const between = new Map<string, { readonly refusal: Refusal; pairs: number }>()
  const canonical = [...refusals].sort(
    (x, y) =>
      Number(x.reason === 'score') - Number(y.reason === 'score') ||
      (x.strength === y.strength ? 0 : y.strength - x.strength) ||
      x.a - y.a ||
      x.b - y.b,
  )
  for (const refusal of canonical) {
    const rootA = partition.find(refusal.a)
    const rootB = partition.find(refusal.b)
    if (rootA === rootB || isDecided(refusal, graph)) continue
    const clusters = nameTwo(rootA, rootB)
    if (refusal.reason === 'score' && parted.has(clusters)) continue
    const known = between.get(clusters)
    if (known === undefined) between.set(clusters, { refusal, pairs: 1 })
    else known.pairs++
  }
  const items = [...between.values()].sort(
    (x, y) =>
      (x.refusal.strength === y.refusal.strength ? 0 : y.refusal.strength - x.refusal.strength) ||
      x.refusal.a - y.refusal.a ||
      x.refusal.b - y.refusal.b,
  )
  return items.map(({ refusal, pairs }) => ({
    a: graph.ids[refusal.a]!,
    b: graph.ids[refusal.b]!,
    reason: refusal.reason,
    strength: refusal.strength,
    pairs,
  }))
}

function nameTwo(rootA: number, rootB: number): string {
  return rootA < rootB ? `${rootA}:${rootB}` : `${rootB}:${rootA}`
}

/** A contradiction between two decisions on the same pair still needs a person; any other decided pair does not. */
function isDecided({ a, b, strength }: Refusal, graph: IndexedGraph): boolean {
  return strength !== Infinity && (graph.neverLink.get(a) ?? []).includes(b)
}
