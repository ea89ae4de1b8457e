import { type GroupPlan, planGroups } from '../../matching/plan-groups.ts'
import type { Neighbourhood } from '../../store/identity/load-neighbourhood.ts'

/** Groups of connected records up to this size are judged pair by pair: 1,225 pairs at most, a hundredth of a second. */
export const MAX_GROUP = 50

/** What to cluster a neighbourhood by, and what is still to be judged of it. */
export function planReach({ nodes, edges, decided }: Neighbourhood): GroupPlan {
  return planGroups(
    nodes.map(({ recordId }) => recordId),
    edges.map(({ a, b, verdict, strengthBits, inGroup }) => ({ a, b, verdict, strength: strengthBits, inGroup })),
    decided,
    MAX_GROUP,
  )
}
