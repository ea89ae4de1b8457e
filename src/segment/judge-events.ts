import { spellDuration } from '../record/spell-duration.ts'
import { MONEY_UNITS } from '../feature/gather-orders.ts'
import type { Comparison } from './segment-definition.ts'
import { compareNumbers } from './compare-numbers.ts'
import type { EventRule } from './event-rule.ts'
import type { RuleJudgement } from './judge-rule.ts'
import { findAfter, listWithin, type TimedEvent, type Timeline } from './timeline.ts'

/**
 * Whether a rule about events holds at an instant (ms since 1970), why, and until when if nothing more happens: windows
 * empty, pauses grow, to the millisecond.
 */
export function judgeEvents(rule: EventRule, timeline: Timeline, asOf: number): RuleJudgement {
  switch (rule.kind) {
    case 'event_count':
    case 'event_sum':
      return judgeWindow(rule, timeline, asOf)
    case 'sequence':
      return judgeSequence(rule, timeline, asOf)
    case 'absence':
      return judgeAbsence(rule, timeline, asOf)
  }
}

/** Comparisons that more events can only make true. */
const GROWING: ReadonlySet<Comparison> = new Set(['above', 'at_least'])

function judgeWindow(
  { kind, event: name, comparison, value, withinMs }: Extract<EventRule, { kind: 'event_count' | 'event_sum' }>,
  timeline: Timeline,
  asOf: number,
): RuleJudgement {
  const events = listWithin(timeline, name, withinMs, asOf)
  // In units that are whole, so that the order in which amounts are added does not matter.
  const units = kind === 'event_count' ? 1 : MONEY_UNITS
  const unitsOf = ({ amount }: TimedEvent): number => (kind === 'event_count' ? 1 : Math.round(amount * units))
  let left = events.reduce((sum, event) => sum + unitsOf(event), 0)
  const measured = left / units
  const holds = compareNumbers(comparison, measured, value)
  const say = (amount: number): string => (kind === 'event_count' ? `${amount} × ${name}` : `${name} came to ${amount}`)
  const span = spellDuration(withinMs)
  const asked = `${comparison.replace('_', ' ')} ${value} within ${span}`
  const isByEvents = GROWING.has(comparison) && !compareNumbers(comparison, 0, value)
  const enough = holds && isByEvents ? findEnough() : undefined
  const found = {
    holds,
    // The newest that are enough stay the same until time ends it; how many there are does not.
    reason:
      enough === undefined
        ? `${kind === 'event_count' ? '' : 'sum of '}${name} ${holds ? '' : 'not '}${asked}`
        : `${say(enough.amount)} since ${spellInstant(enough.since)} (${asked})`,
    measured: `${say(measured)} within ${span}`,
  }
  // The oldest leave the window one by one, those of one instant together.
  for (const [index, event] of events.entries()) {
    left -= unitsOf(event)
    if (events[index + 1]?.at === event.at) continue
    if (compareNumbers(comparison, left / units, value) !== holds) return { ...found, until: event.at + withinMs + 1 }
  }
  return found

  function findEnough(): { readonly amount: number; readonly since: number } | undefined {
    let sum = 0
    for (const event of events.toReversed()) {
      sum += unitsOf(event)
      if (compareNumbers(comparison, sum / units, value)) return { amount: sum / units, since: event.at }
    }
    return undefined
  }
}

function judgeSequence(
  { events, withinMs, lastsMs }: Extract<EventRule, { kind: 'sequence' }>,
  timeline: Timeline,
  asOf: number,
): RuleJudgement {
  const asked = `${events.join(', then ')} within ${spellDuration(withinMs)}`
  const last = listWithin(timeline, events.at(-1) ?? '', lastsMs, asOf)
  for (const { at } of last.toReversed()) {
    const begin = findBegin(events, timeline, at)
    if (begin === undefined || at - begin > withinMs) continue
    return { holds: true, reason: `${asked}: in ${spellDuration(at - begin)}`, until: at + lastsMs + 1 }
  }
  const measured = last.length === 0 ? `no ${events.at(-1) ?? ''} within ${spellDuration(lastsMs)}` : undefined
  return { holds: false, reason: `not ${asked}`, ...(measured === undefined ? {} : { measured }) }
}

/** When the latest possible chain began whose last event was at an instant; undefined when there is none. */
function findBegin(names: readonly string[], timeline: Timeline, end: number): number | undefined {
  let at = end
  for (const name of names.slice(0, -1).toReversed()) {
    const events = timeline.get(name) ?? []
    const before = events[findAfter(events, at - 1) - 1]
    if (before === undefined) return undefined
    at = before.at
  }
  return at
}

function judgeAbsence(
  { event, missing, afterMs, lastsMs }: Extract<EventRule, { kind: 'absence' }>,
  timeline: Timeline,
  asOf: number,
): RuleJudgement {
  const asked = `${event} without ${missing} for ${spellDuration(afterMs)}`
  const last = listWithin(timeline, event, afterMs + lastsMs, asOf).at(-1)
  const not = { holds: false, reason: `not ${asked}` }
  if (last === undefined) return { ...not, measured: `no ${event} lately` }
  if (listWithin(timeline, missing, asOf - last.at, asOf).length > 0)
    return { ...not, measured: `${missing} came after ${event}` }
  const since = asOf - last.at
  const measured = `${event} ${spellDuration(since)} ago`
  if (since <= afterMs) return { ...not, measured, until: last.at + afterMs + 1 }
  const reason = `${event} ${spellInstant(last.at)}, no ${missing} since (${asked})`
  return { holds: true, reason, measured, until: last.at + afterMs + lastsMs + 1 }
}

/** To the second, which is as exact as people ask. */
function spellInstant(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}
