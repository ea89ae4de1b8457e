import type { Comparison } from './segment-definition.ts'

/** What a property of an event is compared with: a number as numbers are, anything else with one of some values. */
export type PropertyTest =
  | { readonly property: string; readonly comparison: Comparison; readonly value: number }
  | { readonly property: string; readonly oneOf: readonly (string | number | boolean)[] }

/** Events of a name that pass all tests. */
export type EventMatch = {
  readonly event: string
  readonly where?: readonly PropertyTest[]
}

/** What must hold of events. Spans in ms, both ends included. What is later than the instant asked about is not there yet. */
export type EventRule =
  /**
   * How many there were, what they came to, or of how many values of a property, in a window that ends at the instant.
   * `of` is what is summed (an order's amount without it) or told apart. With `same` the value of that property counts of
   * which there were most; events without it are left out.
   */
  | (EventMatch & {
      readonly kind: 'event_count' | 'event_sum' | 'event_distinct'
      readonly comparison: Comparison
      readonly value: number
      readonly withinMs: number
      readonly of?: string
      readonly same?: string
    })
  /** The first or last there ever was is at most, or more than, so long ago. */
  | (EventMatch & {
      readonly kind: 'event_first' | 'event_last'
      readonly age: 'within' | 'longer_ago'
      readonly spanMs: number
    })
  /** One after another, each later than the one before, within a span; for so long after the last. */
  | {
      readonly kind: 'sequence'
      readonly events: readonly string[]
      readonly withinMs: number
      readonly lastsMs: number
    }
  /** The last of its name is longer ago than a span, and nothing of another name came since; for so long from then. */
  | (EventMatch & {
      readonly kind: 'absence'
      readonly missing: string
      readonly afterMs: number
      readonly lastsMs: number
    })

/** How far back a rule looks, by the name of the event: what is older changes no answer. Infinity for all there is. */
export function listSpans(rule: EventRule): readonly (readonly [event: string, spanMs: number])[] {
  switch (rule.kind) {
    case 'event_count':
    case 'event_sum':
    case 'event_distinct':
      return [[rule.event, rule.withinMs]]
    case 'event_first':
      return [[rule.event, Infinity]]
    case 'event_last':
      // One that was long ago still was.
      return [[rule.event, rule.age === 'within' ? rule.spanMs : Infinity]]
    case 'sequence':
      return rule.events.map((event) => [event, rule.withinMs + rule.lastsMs])
    case 'absence':
      return [rule.event, rule.missing].map((event) => [event, rule.afterMs + rule.lastsMs])
  }
}
