import { type Clustering, cluster } from '../../identity/cluster.ts'
import { type ClusterEdge, DEFAULT_COHESION } from '../../identity/index-graph.ts'
import { deriveLimits } from '../../matching/derive-limits.ts'
import type { IdentifierPolicies } from '../../matching/identifier-policy.ts'
import type { Neighbourhood } from '../../store/identity/load-neighbourhood.ts'

/**
 * Who is who among stored records, by the policies in force and by what people decided: whoever explains clusters as the run did (P20). `parted`
 * are pairs to keep apart besides, to see what would follow.
 */
export function clusterNeighbourhood(
  { nodes, identifiers, blocked, decided, protectedIds }: Omit<Neighbourhood, 'edges'>,
  edges: readonly ClusterEdge[],
  policies: IdentifierPolicies,
  parted: readonly (readonly [string, string])[] = [],
): Clustering {
  const carried = new Map<string, { kind: string; value: string }[]>()
  for (const { recordId, kind, hash } of identifiers) {
    if (blocked.has(hash)) continue
    const known = carried.get(recordId)
    if (known === undefined) carried.set(recordId, [{ kind, value: hash }])
    else known.push({ kind, value: hash })
  }
  return cluster(
    nodes.map(({ recordId, updatedAtMs }) => ({
      id: recordId,
      identifiers: carried.get(recordId) ?? [],
      ...(updatedAtMs !== null && { atMs: updatedAtMs }),
    })),
    edges,
    {
      neverLink: [...pairsOf(decided, 'different'), ...parted],
      alwaysLink: pairsOf(decided, 'same'),
      protectedIds,
      limits: deriveLimits(policies),
      cohesion: DEFAULT_COHESION,
    },
  )
}

function pairsOf(decided: Neighbourhood['decided'], verdict: 'same' | 'different'): (readonly [string, string])[] {
  return decided.filter((pair) => pair.verdict === verdict).map(({ a, b }) => [a, b])
}
