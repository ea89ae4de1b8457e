import type { SegmentRule } from './segment-definition.ts'

/** A rule with all that it is joined of, itself first. */
export function listRules(rule: SegmentRule): readonly SegmentRule[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return [rule, ...rule.rules.flatMap(listRules)]
    case 'not':
    case 'fallback':
      return [rule, ...listRules(rule.rule)]
    default:
      return [rule]
  }
}
