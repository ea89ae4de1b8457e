/** A property of an event: texts that are not declared as values are told apart, and no more, by a keyed hash. */
export type PropertyValue = string | number | boolean

/** Something that somebody did, `at` in ms since 1970. `amount` of purchases, in one currency, 0 where it is not known. */
export interface TimedEvent {
  readonly at: number
  readonly amount: number
  readonly properties?: Readonly<Record<string, PropertyValue>>
}

/** What one person did, by the name of the event, oldest first. */
export type Timeline = ReadonlyMap<string, readonly TimedEvent[]>

export const NO_TIMELINE: Timeline = new Map()
const NO_EVENTS: readonly TimedEvent[] = []

/** The name under which rules know orders that cost something: one event an order, at its first line. */
export const PURCHASE = 'purchase'

/** The name under which rules know whatever somebody did on a site or in an app, bought or not. */
export const INTERACTION = 'interaction'

/** The events of a name at most `spanMs` before an instant, and none after it: both ends included. */
export function listWithin(timeline: Timeline, name: string, spanMs: number, asOf: number): readonly TimedEvent[] {
  const events = timeline.get(name)
  if (events === undefined) return NO_EVENTS
  return events.slice(findAfter(events, asOf - spanMs - 1), findAfter(events, asOf))
}

/** How many of the events are at an instant or before. */
export function findAfter(events: readonly TimedEvent[], instant: number): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle] as TimedEvent).at <= instant) low = middle + 1
    else high = middle
  }
  return low
}
