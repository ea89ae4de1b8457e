import { spellDuration } from '../record/spell-duration.ts'
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

function judgeWindow(
  { kind, event, comparison, value, withinMs }: Extract<EventRule, { kind: 'event_count' | 'event_sum' }>,
  timeline: Timeline,
  asOf: number,
): RuleJudgement {
  const events = listWithin(timeline, event, withinMs, asOf)
  const measure = (some: readonly TimedEvent[]): number => (kind === 'event_count' ? some.length : sumUp(some))
  const measured = measure(events)
  const holds = compareNumbers(comparison, measured, value)
  const asked = `${comparison.replace('_', ' ')} ${value}`
  const what = kind === 'event_count' ? `${measured} × ${event}` : `${event} came to ${measured}`
  const reason = `${what} within ${spellDuration(withinMs)} (${asked})`
  // The oldest leave the window one by one, those of one instant together.
  for (const [index, { at }] of events.entries()) {
    if (events[index + 1]?.at === at) continue
    if (compareNumbers(comparison, measure(events.slice(index + 1)), value) !== holds)
      return { holds, reason, until: at + withinMs + 1 }
  }
  return { holds, reason }
}

/** In hundredths, so that the order in which amounts are added does not matter. */
function sumUp(events: readonly TimedEvent[]): number {
  return events.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0) / 100
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
  return { holds: false, reason: `not ${asked}` }
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
  if (last === undefined) return { holds: false, reason: `no ${event} lately (${asked})` }
  if (listWithin(timeline, missing, asOf - last.at, asOf).length > 0)
    return { holds: false, reason: `${missing} came after ${event} (${asked})` }
  const since = asOf - last.at
  const reason = `${event} ${spellDuration(since)} ago, no ${missing} since (${asked})`
  if (since <= afterMs) return { holds: false, reason, until: last.at + afterMs + 1 }
  return { holds: true, reason, until: last.at + afterMs + lastsMs + 1 }
}
