import type { IdentifierLimit } from '../identity/index-graph.ts'
import type { IdentifierPolicies } from './identifier-policy.ts'

/** The limits of the kinds that have one, as `cluster` wants them. */
export function deriveLimits(policies: IdentifierPolicies): Readonly<Record<string, IdentifierLimit>> {
  const limits: Record<string, IdentifierLimit> = {}
  for (const [kind, { maxPerProfile, withinMs }] of Object.entries(policies)) {
    if (maxPerProfile !== null) limits[kind] = { most: maxPerProfile, ...(withinMs !== null && { withinMs }) }
  }
  return limits
}
