import type { ClusterEdge } from '../identity/index-graph.ts'
import { findUnjudgedPairs } from './find-unjudged-pairs.ts'
import { DECISION_BITS } from './judge-pair.ts'

/** A judged pair, `a < b`; `inGroup` when no blocking rule found it. */
export interface FoundEdge extends ClusterEdge {
  readonly inGroup: boolean
}

interface Pair {
  readonly a: string
  readonly b: string
}

export interface GroupPlan {
  /** What to cluster by, as far as it is judged. */
  readonly edges: readonly ClusterEdge[]
  /** Pairs inside groups that are still to be judged, sorted. */
  readonly unjudged: readonly Pair[]
  /** Pairs that were judged for a group which is none any more, or too large: to be forgotten. */
  readonly stale: readonly Pair[]
}

/**
 * What holds of judged pairs once people have had their say: a decided pair is an edge by decision, whatever was judged,
 * and the pairs inside each group connected by matches are judged, as far as the group has at most `maxGroup` records
 * (see `findUnjudgedPairs`). A function of what rules found and people said, not of what came first: an edge that only
 * a group gave goes with it.
 */
export function planGroups(
  recordIds: readonly string[],
  found: readonly FoundEdge[],
  decided: readonly (Pair & { readonly verdict: 'same' | 'different' })[],
  maxGroup: number,
): GroupPlan {
  const ids = [...recordIds].sort()
  const numberOf = new Map(ids.map((id, number) => [id, number]))
  const name = ({ a, b }: Pair): string => `${a} ${b}`
  const isDecided = new Set(decided.map(name))
  const byRule = [
    ...found.filter((edge) => !edge.inGroup && !isDecided.has(name(edge))).map(toClusterEdge),
    ...decided.map(({ a, b, verdict }): ClusterEdge => {
      const isSame = verdict === 'same'
      return { a, b, verdict: isSame ? 'match' : 'distinct', strength: isSame ? DECISION_BITS : -DECISION_BITS }
    }),
  ]
  const known = new Set(byRule.map(name))
  const matches = byRule
    .filter(({ verdict }) => verdict === 'match')
    .map(({ a, b }): [number, number] => [numberOf.get(a) as number, numberOf.get(b) as number])
  const wanted = new Map<string, Pair>()
  for (const [left, right] of findUnjudgedPairs(ids.length, matches, maxGroup)) {
    const pair = { a: ids[left] as string, b: ids[right] as string }
    if (!known.has(name(pair))) wanted.set(name(pair), pair)
  }
  const edges = [...byRule]
  const stale: Pair[] = []
  for (const edge of found) {
    if (!edge.inGroup) continue
    if (wanted.delete(name(edge))) edges.push(toClusterEdge(edge))
    else stale.push({ a: edge.a, b: edge.b })
  }
  return { edges, unjudged: [...wanted.values()], stale }
}

function toClusterEdge({ a, b, strength, verdict }: FoundEdge): ClusterEdge {
  return { a, b, strength, verdict }
}
