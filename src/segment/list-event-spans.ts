import { type EventRule, listSpans } from './event-rule.ts'
import { listRules } from './list-rules.ts'
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
  return listRules(rule).filter(isEventRule)
}

const EVENT_RULES: readonly string[] = [
  'event_count',
  'event_sum',
  'event_distinct',
  'event_first',
  'event_last',
  'sequence',
  'absence',
] satisfies EventRule['kind'][]

function isEventRule(rule: SegmentRule): rule is EventRule {
  return EVENT_RULES.includes(rule.kind)
}
