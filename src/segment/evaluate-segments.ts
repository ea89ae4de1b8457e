import { OnefoldError } from '../errors.ts'
import type { FeatureRow } from '../feature/feature-row.ts'
import { judgeRule } from './judge-rule.ts'
import type { Membership, SegmentDefinition } from './segment-definition.ts'

/**
 * Who is in which segment at an instant (ms since 1970), and why; row by row, in the order of the definitions.
 * Of the definitions of one scheme the first that holds is the only one, so a scheme that ends in `otherwise` puts
 * everybody in exactly one. A person's memberships depend on their own row only. Throws `segment.repeated_id` (settings).
 */
export function evaluateSegments(
  features: readonly FeatureRow[],
  definitions: readonly SegmentDefinition[],
  asOf: number,
): Membership[] {
  const repeated = definitions.find(({ id }, index) => definitions.findIndex((other) => other.id === id) < index)
  if (repeated) {
    throw new OnefoldError('settings', 'segment.repeated_id', 'Two segments have one id.', {
      details: { segmentId: repeated.id },
      hint: 'Give each segment an id of its own; a changed rule raises the version.',
    })
  }
  return features.flatMap((row) => evaluateRow(row, definitions, asOf))
}

function evaluateRow(row: FeatureRow, definitions: readonly SegmentDefinition[], asOf: number): Membership[] {
  const memberships: Membership[] = []
  const settled = new Set<string>()
  for (const { id, version, scheme, rule } of definitions) {
    if (scheme !== undefined && settled.has(scheme)) continue
    const { holds, ...because } = judgeRule(rule, row, asOf)
    if (!holds) continue
    if (scheme !== undefined) settled.add(scheme)
    memberships.push({ profileId: row.profileId, segmentId: id, version, ...because })
  }
  return memberships
}
