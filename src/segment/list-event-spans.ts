import { type EventRule, listSpans } from './event-rule.ts'
import type { SegmentDefinition, SegmentRule } from './segment-definition.ts'

/** What events the rules of segments ask for, by name, with the longest span (ms) that any looks back. */
export function listEventSpans(definitions: readonly SegmentDefinition[]): ReadonlyMap<string, number> {
  const spans = new Map<string, number>()
  for (const rule of definitions.flatMap((definition) => listEventRules(definition.rule)))
    for (const [event, spanMs] of listSpans(rule)) spans.set(event, Math.max(spans.get(event) ?? 0, spanMs))
  return spans
}

/** The rules about events that a rule is made of. */
export function listEventRules(rule: SegmentRule): readonly EventRule[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return rule.rules.flatMap(listEventRules)
    case 'not':
      return listEventRules(rule.rule)
    case 'event_count':
    case 'event_sum':
    case 'event_distinct':
    case 'event_first':
    case 'event_last':
    case 'sequence':
    case 'absence':
      return [rule]
    default:
      return []
  }
}
