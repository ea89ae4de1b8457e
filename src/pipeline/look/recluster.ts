import type { Clustering } from '../../identity/cluster.ts'
import type { IdentifierPolicies } from '../../matching/identifier-policy.ts'
import { loadNeighbourhood, type Neighbourhood } from '../../store/identity/load-neighbourhood.ts'
import type { Tx } from '../../store/open-store.ts'
import { clusterNeighbourhood } from '../resolve/cluster-neighbourhood.ts'
import { planReach } from '../resolve/plan-reach.ts'

/** Records with all that is within reach of them, clustered once more from what is stored. */
export interface Recluster {
  readonly reach: Neighbourhood
  readonly clustering: Clustering
  /** What the clusters would be if these pairs were kept apart besides. */
  readonly part: (pairs: readonly (readonly [string, string])[]) => Clustering
}

/** Clusters the neighbourhood of some records as a run by these policies does, so that its steps can be told. Changes nothing. */
export async function recluster(
  tx: Tx,
  policies: IdentifierPolicies,
  recordIds: readonly string[],
): Promise<Recluster> {
  const reach = await loadNeighbourhood(tx, tx`record_id = ANY(${[...recordIds]}::uuid[])`)
  const { edges } = planReach(reach)
  const part = (pairs: readonly (readonly [string, string])[]): Clustering =>
    clusterNeighbourhood(reach, edges, policies, pairs)
  return { reach, clustering: part([]), part }
}
