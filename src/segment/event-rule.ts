import type { Comparison } from './segment-definition.ts'

/** What must hold of events. Spans in ms, both ends included. What is later than the instant asked about is not there yet. */
export type EventRule =
  /** How many there were, or what they came to, in a window that ends at the instant. */
  | {
      readonly kind: 'event_count' | 'event_sum'
      readonly event: string
      readonly comparison: Comparison
      readonly value: number
      readonly withinMs: number
    }
  /** One after another, each later than the one before, within a span; for so long after the last. */
  | {
      readonly kind: 'sequence'
      readonly events: readonly string[]
      readonly withinMs: number
      readonly lastsMs: number
    }
  /** The last of its name is longer ago than a span, and nothing of another name came since; for so long from then. */
  | {
      readonly kind: 'absence'
      readonly event: string
      readonly missing: string
      readonly afterMs: number
      readonly lastsMs: number
    }

/** How far back a rule looks, by the name of the event: what is older changes no answer. */
export function listSpans(rule: EventRule): readonly (readonly [event: string, spanMs: number])[] {
  switch (rule.kind) {
    case 'event_count':
    case 'event_sum':
      return [[rule.event, rule.withinMs]]
    case 'sequence':
      return rule.events.map((event) => [event, rule.withinMs + rule.lastsMs])
    case 'absence':
      return [rule.event, rule.missing].map((event) => [event, rule.afterMs + rule.lastsMs])
  }
}
