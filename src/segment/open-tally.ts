import { MONEY_UNITS } from '../feature/gather-orders.ts'
import type { EventRule } from './event-rule.ts'
import type { TimedEvent } from './timeline.ts'

type WindowRule = Extract<EventRule, { comparison: unknown }>

/** What the events of a window come to, while some enter and others leave it. */
export interface Tally {
  add(event: TimedEvent): void
  /** Takes out one that is in. */
  remove(event: TimedEvent): void
  measure(): number
}

/**
 * Opens an empty tally of what a rule asks for. Sums are added in whole millionths, so that their order does not matter;
 * events that do not tell what is summed, told apart or grouped by count for nothing.
 */
export function openTally({ kind, of, same }: Pick<WindowRule, 'kind' | 'of' | 'same'>): Tally {
  const open =
    kind === 'event_distinct' ? () => openDistinct(of ?? '') : kind === 'event_sum' ? () => openSum(of) : openCount
  return same === undefined ? open() : openGroups(same, open)
}

function openCount(): Tally {
  let count = 0
  return { add: () => void (count += 1), remove: () => void (count -= 1), measure: () => count }
}

function openSum(of: string | undefined): Tally {
  let units = 0
  const unitsOf = ({ amount, properties = {} }: TimedEvent): number => {
    const value = of === undefined ? amount : properties[of]
    return typeof value === 'number' ? Math.round(value * MONEY_UNITS) : 0
  }
  return {
    add: (event) => void (units += unitsOf(event)),
    remove: (event) => void (units -= unitsOf(event)),
    measure: () => units / MONEY_UNITS,
  }
}

function openDistinct(of: string): Tally {
  const counts = new Map<unknown, number>()
  const step = ({ properties = {} }: TimedEvent, by: number): void => {
    const value = properties[of]
    if (value === undefined) return
    const count = (counts.get(value) ?? 0) + by
    if (count === 0) counts.delete(value)
    else counts.set(value, count)
  }
  return { add: (event) => step(event, 1), remove: (event) => step(event, -1), measure: () => counts.size }
}

/** A tally for each value of a property; what is measured is the greatest of them, 0 without any. */
function openGroups(same: string, open: () => Tally): Tally {
  const groups = new Map<unknown, Tally>()
  const groupOf = ({ properties = {} }: TimedEvent): Tally | undefined => {
    const value = properties[same]
    if (value === undefined) return undefined
    const known = groups.get(value) ?? open()
    groups.set(value, known)
    return known
  }
  return {
    add: (event) => groupOf(event)?.add(event),
    remove: (event) => groupOf(event)?.remove(event),
    measure: () => [...groups.values()].reduce((most, group) => Math.max(most, group.measure()), 0),
  }
}
