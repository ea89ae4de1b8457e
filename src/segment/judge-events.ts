import { spellDuration } from '../record/spell-duration.ts'
import { DAY_MS } from '../feature/count-utc-days.ts'
import type { Comparison } from './segment-definition.ts'
import { compareNumbers } from './compare-numbers.ts'
import type { EventMatch, EventRule } from './event-rule.ts'
import type { RuleJudgement, Told } from './judge-rule.ts'
import { matchesEvent, spellTests } from './matches-event.ts'
import { openTally } from './open-tally.ts'
import { findAfter, listWithin, NO_TIMELINE, type TimedEvent, type Timeline } from './timeline.ts'

/** How rules stand for those who never did what they ask for, whenever they are asked: most people, for most rules. */
const judgedOfNothing = new WeakMap<EventRule, RuleJudgement>()

/**
 * Whether a rule about events holds at an instant (ms since 1970), why, and until when if nothing more happens: windows
 * empty, pauses grow, to the millisecond.
 */
export function judgeEvents(rule: EventRule, timeline: Timeline, asOf: number): RuleJudgement {
  if (timeline.has(rule.kind === 'sequence' ? (rule.events.at(-1) ?? '') : rule.event))
    return judgeTimeline(rule, timeline, asOf)
  let judged = judgedOfNothing.get(rule)
  if (judged === undefined) {
    judged = judgeTimeline(rule, NO_TIMELINE, asOf)
    judgedOfNothing.set(rule, judged)
  }
  return judged
}

function judgeTimeline(rule: EventRule, timeline: Timeline, asOf: number): RuleJudgement {
  switch (rule.kind) {
    case 'event_count':
    case 'event_sum':
    case 'event_distinct':
      return judgeWindow(rule, timeline, asOf)
    case 'event_first':
    case 'event_last':
      return judgeEnd(rule, timeline, asOf)
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
  rule: Extract<EventRule, { comparison: unknown }>,
  timeline: Timeline,
  asOf: number,
): RuleJudgement {
  const { comparison, value, withinMs } = rule
  const events = listMatching(rule, listWithin(timeline, rule.event, withinMs, asOf))
  const tally = openTally(rule)
  for (const event of events) tally.add(event)
  const measured = tally.measure()
  const holds = compareNumbers(comparison, measured, value)
  return { holds, until: findTurn(), tell }

  /** The oldest leave the window one by one, those of one instant together. */
  function findTurn(): number {
    for (const [index, event] of events.entries()) {
      tally.remove(event)
      if (events[index + 1]?.at === event.at) continue
      if (compareNumbers(comparison, tally.measure(), value) !== holds) return event.at + withinMs + 1
    }
    return Infinity
  }

  function tell(): Told {
    const span = spellDuration(withinMs)
    const asked = `${comparison.replace('_', ' ')} ${value} within ${span}`
    const isByEvents = GROWING.has(comparison) && !compareNumbers(comparison, 0, value)
    const enough = holds && isByEvents ? findEnough() : undefined
    return {
      // The newest that are enough stay the same until time ends it; how many there are does not.
      reason:
        enough === undefined
          ? `${spellMeasure(rule)} ${holds ? '' : 'not '}${asked}`
          : `${spellMeasured(rule, enough.amount)} since ${spellInstant(enough.since, withinMs)} (${asked})`,
      measured: `${spellMeasured(rule, measured)} within ${span}`,
    }
  }

  function findEnough(): { readonly amount: number; readonly since: number } | undefined {
    const newest = openTally(rule)
    for (const event of events.toReversed()) {
      newest.add(event)
      if (compareNumbers(comparison, newest.measure(), value)) return { amount: newest.measure(), since: event.at }
    }
    return undefined
  }
}

function listMatching(
  { where }: { where?: EventMatch['where'] },
  events: readonly TimedEvent[],
): readonly TimedEvent[] {
  return where === undefined ? events : events.filter((event) => matchesEvent(event, where))
}

function spellMeasure({ kind, event, where, of, same }: Extract<EventRule, { comparison: unknown }>): string {
  const named = `${event}${spellTests(where)}${same === undefined ? '' : ` of one ${same}`}`
  if (kind === 'event_distinct') return `different ${of ?? ''} of ${named}`
  return kind === 'event_sum' ? `sum of ${of === undefined ? '' : `${of} of `}${named}` : named
}

function spellMeasured(rule: Extract<EventRule, { comparison: unknown }>, amount: number): string {
  if (rule.kind === 'event_sum') return `${spellMeasure(rule).slice('sum of '.length)} came to ${amount}`
  return rule.kind === 'event_count' ? `${amount} × ${spellMeasure(rule)}` : `${amount} ${spellMeasure(rule)}`
}

function judgeEnd(rule: Extract<EventRule, { age: unknown }>, timeline: Timeline, asOf: number): RuleJudgement {
  // What is older than the last that would be recent enough is not asked for.
  const spanMs = rule.kind === 'event_last' && rule.age === 'within' ? rule.spanMs : Infinity
  const events = listMatching(rule, listWithin(timeline, rule.event, spanMs, asOf))
  const found = rule.kind === 'event_first' ? events[0] : events.at(-1)
  const named = (): string => `${rule.kind === 'event_first' ? 'first' : 'last'} ${rule.event}${spellTests(rule.where)}`
  const asked = (): string => `${rule.age === 'within' ? 'within' : 'longer ago than'} ${spellDuration(rule.spanMs)}`
  if (found === undefined) {
    return { holds: false, until: Infinity, tell: () => ({ reason: `no ${named()} (${asked()})` }) }
  }
  const isRecent = asOf - found.at <= rule.spanMs
  return {
    holds: isRecent === (rule.age === 'within'),
    until: isRecent ? found.at + rule.spanMs + 1 : Infinity,
    tell: () => ({ reason: `${named()} ${spellInstant(found.at, rule.spanMs)} (${asked()})` }),
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

function judgeAbsence(rule: Extract<EventRule, { kind: 'absence' }>, timeline: Timeline, asOf: number): RuleJudgement {
  const { missing, afterMs, lastsMs } = rule
  const event = (): string => `${rule.event}${spellTests(rule.where)}`
  const asked = (): string => `${event()} without ${missing} for ${spellDuration(afterMs)}`
  const not = (measure: () => string, until = Infinity): RuleJudgement => ({
    holds: false,
    until,
    tell: () => ({ reason: `not ${asked()}`, measured: measure() }),
  })
  const last = listMatching(rule, listWithin(timeline, rule.event, afterMs + lastsMs, asOf)).at(-1)
  if (last === undefined) return not(() => `no ${event()} lately`)
  if (listWithin(timeline, missing, asOf - last.at, asOf).length > 0)
    return not(() => `${missing} came after ${event()}`)
  const since = asOf - last.at
  const measured = (): string => `${event()} ${spellDuration(since)} ago`
  if (since <= afterMs) return not(measured, last.at + afterMs + 1)
  return {
    holds: true,
    until: last.at + afterMs + lastsMs + 1,
    tell: () => ({
      reason: `${event()} ${spellInstant(last.at, afterMs + lastsMs)}, no ${missing} since (${asked()})`,
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
