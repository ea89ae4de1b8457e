import {
  DEFAULT_IDENTIFIER_POLICIES,
  IDENTIFIER_KINDS,
  type IdentifierPolicies,
  type IdentifierPolicy,
  type IdentifierSettings,
} from '../../matching/identifier-policy.ts'
import { parseDuration } from '../../record/parse-duration.ts'

/** The shipped policies with what a project has set differently. */
export function composePolicies(settings: IdentifierSettings): IdentifierPolicies {
  const entries = IDENTIFIER_KINDS.map((kind): [string, IdentifierPolicy] => {
    const shipped = DEFAULT_IDENTIFIER_POLICIES[kind]
    const { mode, priority, max_per_profile: most, within } = settings[kind] ?? {}
    return [
      kind,
      {
        mode: mode ?? shipped.mode,
        priority: priority ?? shipped.priority,
        maxPerProfile: most === undefined ? shipped.maxPerProfile : most,
        withinMs: within === undefined ? shipped.withinMs : parseDuration(within),
      },
    ]
  })
  return Object.fromEntries(entries) as IdentifierPolicies
}
