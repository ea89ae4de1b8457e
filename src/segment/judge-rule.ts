import { DAY_MS } from '../feature/count-utc-days.ts'
import { type FeatureName, INSTANTS, type InstantName, NUMBERS, type NumberName } from '../feature/features.ts'
import type { FeatureRow } from '../feature/feature-row.ts'
import type { Timeline } from './timeline.ts'
import { deriveEngagementTier } from './derive-engagement-tier.ts'
import { compareNumbers } from './compare-numbers.ts'
import { judgeEvents } from './judge-events.ts'
import type { Comparison, ScoreRange, SegmentRule } from './segment-definition.ts'

export interface RuleJudgement {
  readonly holds: boolean
  /** Why it does or does not, in numbers that stay the same while it does or does not. */
  readonly reason: string
  /** What was found at this very instant, where the reason does not tell. */
  readonly measured?: string
  /** The first instant at which time alone may change it; never before that, absent when time alone does not. */
  readonly until?: number
  /** The first instant at which time alone may change the reason; absent when it is not before `until`. */
  readonly retoldAt?: number
}

/** What rules are judged by. */
export interface Person {
  readonly row: FeatureRow
  readonly timeline: Timeline
}

/** The judgements of the segments before, by id: what a rule may refer to. */
export type JudgedSegments = ReadonlyMap<string, RuleJudgement>

/**
 * Whether a rule holds of a person at an instant (`asOf`, ms since 1970), and why.
 * "Above" excludes its number, "within" and "top" include it. Counts of the last 30 days and ranks are those of the
 * row, which was made for an instant of its own; events and the time since an instant are exact at `asOf`.
 */
export function judgeRule(
  rule: SegmentRule,
  { row, timeline }: Person,
  asOf: number,
  judged: JudgedSegments,
): RuleJudgement {
  switch (rule.kind) {
    case 'rfm':
      return {
        holds: isWithin(row.r, rule.r) && isWithin(row.f, rule.f) && isWithin(row.m, rule.m),
        reason: row.r === undefined ? 'no purchase to score' : `R ${row.r}, F ${row.f}, M ${row.m}`,
      }
    case 'engagement':
      return {
        holds: deriveEngagementTier(row, rule.minimumSends) === rule.tier,
        reason: `${row.opens} opened and ${row.clicks} clicked of ${row.sends} sent`,
      }
    case 'purchases_above': {
      const purchases = rule.within === 'ever' ? row.purchases : row.purchases30d
      const span = rule.within === 'ever' ? '' : ' within 30 days'
      return { holds: purchases > rule.count, reason: `${purchases} purchases${span} (above ${rule.count})` }
    }
    case 'last_purchase_within':
      return judgeAge('within', row.lastPurchaseAt, rule.days * DAY_MS, asOf, 'last purchase')
    case 'total_spent_above':
      return { holds: row.totalSpent > rule.amount, reason: `${row.totalSpent} spent (above ${rule.amount})` }
    case 'top_spenders': {
      const percentile = row.monetaryPercentile
      if (percentile === undefined) return { holds: false, reason: 'no purchase to rank' }
      return {
        holds: percentile >= 1 - rule.share,
        reason: `spent more than ${formatPercent(percentile)} % of buyers (top ${formatPercent(rule.share)} %)`,
      }
    }
    case 'feature':
      return judgeNumber(rule.feature, row[NUMBERS[rule.feature]], rule.comparison, rule.value)
    case 'known': {
      const isKnown = readFeature(row, rule.feature) !== undefined
      return { holds: isKnown === rule.isKnown, reason: `${rule.feature} is ${isKnown ? '' : 'not '}known` }
    }
    case 'within':
    case 'longer_ago':
      return judgeAge(rule.kind, row[INSTANTS[rule.feature]], rule.spanMs, asOf, rule.feature)
    case 'event_count':
    case 'event_sum':
    case 'sequence':
    case 'absence':
      return judgeEvents(rule, timeline, asOf)
    case 'member': {
      const { holds = false, until } = judged.get(rule.segmentId) ?? {}
      const reason = `${holds ? 'in' : 'not in'} ${rule.segmentId}`
      return { holds, reason, ...(until === undefined ? {} : { until }) }
    }
    case 'not': {
      const part = judgeRule(rule.rule, { row, timeline }, asOf, judged)
      return { ...part, holds: !part.holds }
    }
    case 'all':
    case 'any':
      return combine(
        rule.kind,
        rule.rules.map((part) => judgeRule(part, { row, timeline }, asOf, judged)),
      )
    case 'otherwise':
      return { holds: true, reason: 'no other segment of the scheme applies' }
  }
}

function readFeature(row: FeatureRow, name: FeatureName): number | undefined {
  return name in NUMBERS ? row[NUMBERS[name as NumberName]] : row[INSTANTS[name as InstantName]]
}

function isWithin(score: number | undefined, range: ScoreRange | undefined): boolean {
  if (score === undefined) return false
  return range === undefined || (score >= range[0] && score <= range[1])
}

function judgeNumber(name: string, known: number | undefined, comparison: Comparison, value: number): RuleJudgement {
  const asked = `(${comparison.replace('_', ' ')} ${value})`
  if (known === undefined) return { holds: false, reason: `${name} is not known ${asked}` }
  return { holds: compareNumbers(comparison, known, value), reason: `${name} ${shorten(known)} ${asked}` }
}

/** As many digits as people read; fewer than decide. */
function shorten(value: number): number {
  return Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2))
}

function judgeAge(
  kind: 'within' | 'longer_ago',
  instant: number | undefined,
  spanMs: number,
  asOf: number,
  what: string,
): RuleJudgement {
  if (instant === undefined) return { holds: false, reason: `${what} is not known` }
  const ageMs = asOf - instant
  const asked = kind === 'within' ? 'within' : 'longer ago than'
  // Told by its date, a reason stays what it is as time passes.
  const reason = `${what} ${new Date(instant).toISOString().slice(0, 16)}Z (${asked} ${spanMs / DAY_MS} days)`
  const isRecent = ageMs <= spanMs
  // Once it is long ago it stays so.
  return { holds: isRecent === (kind === 'within'), reason, ...(isRecent ? { until: instant + spanMs + 1 } : {}) }
}

function combine(kind: 'all' | 'any', parts: readonly RuleJudgement[]): RuleJudgement {
  const holding = parts.filter((part) => part.holds)
  const failing = parts.filter((part) => !part.holds)
  const holds = kind === 'all' ? failing.length === 0 : holding.length > 0
  const reason = (holds ? holding : failing).map((part) => part.reason).join('; ')
  // One part that turns ends `all` that hold, and `any` of which none holds; to the other side all of them must turn.
  const turning = (holds ? holding : failing).map((part) => part.until ?? Infinity)
  const until = (kind === 'all') === holds ? Math.min(...turning) : Math.max(...turning)
  // Whichever part turns is told, or no longer.
  const retoldAt = Math.min(...parts.map((part) => Math.min(part.until ?? Infinity, part.retoldAt ?? Infinity)))
  const measured = parts.flatMap((part) => part.measured ?? []).join('; ')
  return {
    ...{ holds, reason },
    ...(measured === '' ? {} : { measured }),
    ...(Number.isFinite(until) ? { until } : {}),
    ...(retoldAt < until ? { retoldAt } : {}),
  }
}

/** Down to a tenth, so that somebody just outside the top is not said to be in it. */
function formatPercent(share: number): string {
  return String(Math.floor(share * 1000 + 1e-9) / 10)
}
