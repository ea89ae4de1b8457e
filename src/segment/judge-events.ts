import { spellDuration } from '../record/spell-duration.ts'
import { DAY_MS } from '../feature/count-utc-days.ts'
import { MONEY_UNITS } from '../feature/gather-orders.ts'
import type { Comparison } from './segment-definition.ts'
import { compareNumbers } from './compare-numbers.ts'
import type { EventRule } from './event-rule.ts'
import type { RuleJudgement, Told } from './judge-rule.ts'
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

const HOUR_MS = 3_600_000

/** Comparisons that more events can only make true. */
const GROWING: ReadonlySet<Comparison> = new Set(['above', 'at_least'])

function judgeWindow(
  rule: Extract<EventRule, { kind: 'event_count' | 'event_sum' }>,
  timeline: Timeline,
  asOf: number,
): RuleJudgement {
  const { kind, event: name, comparison, value, withinMs } = rule
  const events = listWithin(timeline, name, withinMs, asOf)
  // In units that are whole, so that the order in which amounts are added does not matter.
  const units = kind === 'event_count' ? 1 : MONEY_UNITS
  const unitsOf = ({ amount }: TimedEvent): number => (kind === 'event_count' ? 1 : Math.round(amount * units))
  let left = 0
  for (const event of events) left += unitsOf(event)
  const measured = left / units
  const holds = compareNumbers(comparison, measured, value)
  return { holds, until: findTurn(), tell }

  /** The oldest leave the window one by one, those of one instant together. */
  function findTurn(): number {
    for (const [index, event] of events.entries()) {
      left -= unitsOf(event)
      if (events[index + 1]?.at === event.at) continue
      if (compareNumbers(comparison, left / units, value) !== holds) return event.at + withinMs + 1
    }
    return Infinity
  }

  function tell(): Told {
    const say = (amount: number): string =>
      kind === 'event_count' ? `${amount} × ${name}` : `${name} came to ${amount}`
    const span = spellDuration(withinMs)
    const asked = `${comparison.replace('_', ' ')} ${value} within ${span}`
    const isByEvents = GROWING.has(comparison) && !compareNumbers(comparison, 0, value)
    const enough = holds && isByEvents ? findEnough() : undefined
    return {
      // The newest that are enough stay the same until time ends it; how many there are does not.
      reason:
        enough === undefined
          ? `${kind === 'event_count' ? '' : 'sum of '}${name} ${holds ? '' : 'not '}${asked}`
          : `${say(enough.amount)} since ${spellInstant(enough.since, withinMs)} (${asked})`,
      measured: `${say(measured)} within ${span}`,
    }
  }

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
  const asked = (): string => `${events.join(', then ')} within ${spellDuration(withinMs)}`
  const last = listWithin(timeline, events.at(-1) ?? '', lastsMs, asOf)
  for (const { at } of last.toReversed()) {
    const begin = findBegin(events, timeline, at)
    if (begin === undefined || at - begin > withinMs) continue
    return {
      holds: true,
      until: at + lastsMs + 1,
      tell: () => ({
        reason: `${asked()}, done ${spellInstant(at, lastsMs)}`,
        measured: `done in ${spellDuration(at - begin)}`,
      }),
    }
  }
  return {
    holds: false,
    until: Infinity,
    tell: () => ({
      reason: `not ${asked()}`,
      ...(last.length === 0 ? { measured: `no ${events.at(-1) ?? ''} within ${spellDuration(lastsMs)}` } : {}),
    }),
  }
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
  const asked = (): string => `${event} without ${missing} for ${spellDuration(afterMs)}`
  const not = (measure: () => string, until = Infinity): RuleJudgement => ({
    ...{ holds: false, until },
    tell: () => ({ reason: `not ${asked()}`, measured: measure() }),
  })
  const last = listWithin(timeline, event, afterMs + lastsMs, asOf).at(-1)
  if (last === undefined) return not(() => `no ${event} lately`)
  if (listWithin(timeline, missing, asOf - last.at, asOf).length > 0) return not(() => `${missing} came after ${event}`)
  const since = asOf - last.at
  const measured = (): string => `${event} ${spellDuration(since)} ago`
  if (since <= afterMs) return not(measured, last.at + afterMs + 1)
  return {
    holds: true,
    until: last.at + afterMs + lastsMs + 1,
    tell: () => ({
      reason: `${event} ${spellInstant(last.at, afterMs + lastsMs)}, no ${missing} since (${asked()})`,
      measured: measured(),
    }),
  }
}

/**
 * As exact as people ask of something that matters for so long (ms): to the day, the hour or the minute. A reason that
 * tells every second anew is written anew with every event.
 */
function spellInstant(instant: number, spanMs: number): string {
  const written = new Date(instant).toISOString()
  if (spanMs >= 2 * DAY_MS) return written.slice(0, 10)
  return spanMs >= 2 * HOUR_MS ? `${written.slice(0, 13)}Z` : `${written.slice(0, 16)}Z`
}
