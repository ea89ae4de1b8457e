import { ATTRIBUTES, type AttributeName } from '../feature/model-input.ts'
import { listRules } from './list-rules.ts'
import type { SegmentDefinition } from './segment-definition.ts'

/** The attributes that rules of segments ask for. */
export function listAskedAttributes(definitions: readonly SegmentDefinition[]): readonly AttributeName[] {
  const asked = definitions
    .flatMap(({ rule }) => listRules(rule))
    .flatMap((rule) => (rule.kind === 'known_share' ? rule.of : []))
  return ATTRIBUTES.filter((name) => asked.includes(name))
}
