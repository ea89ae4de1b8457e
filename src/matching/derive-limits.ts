import type { IdentifierPolicies } from './identifier-policy.ts'

/** The limits of the kinds that have one, as `cluster` wants them. */
export function deriveLimits(policies: IdentifierPolicies): Readonly<Record<string, number>> {
  const limits: Record<string, number> = {}
  for (const [kind, { maxPerProfile }] of Object.entries(policies)) {
    if (maxPerProfile !== null) limits[kind] = maxPerProfile
  }
  return limits
}
