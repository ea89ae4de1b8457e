import { DAY_MS } from '../feature/count-utc-days.ts'
import { type FeatureName, INSTANTS, type InstantName, NUMBERS, type NumberName } from '../feature/features.ts'
import { ATTRIBUTES, type AttributeName } from '../feature/model-input.ts'
import type { FeatureRow } from '../feature/feature-row.ts'
import type { Timeline } from './timeline.ts'
import { deriveEngagementTier } from './derive-engagement-tier.ts'
import { compareNumbers } from './compare-numbers.ts'
import { judgeEvents } from './judge-events.ts'
import type { Comparison, ScoreRange, SegmentRule } from './segment-definition.ts'

/** Why a rule holds or does not, in numbers. */
export interface Told {
  /** Stays the same while it does or does not hold, until `retoldAt`. */
  readonly reason: string
  /** What was found at this very instant, where the reason does not tell. */
  readonly measured?: string
}

export interface RuleJudgement {
  readonly holds: boolean
  /** The first instant at which time alone may change it; never before that, Infinity when time alone does not. */
  readonly until: number
  /** The first instant at which time alone may change the reason; absent when it is not before `until`. */
  readonly retoldAt?: number
  /** Most of what is judged is never told, and to spell it costs more than to judge. */
  readonly tell: () => Told
}

/** What rules are judged by. */
export interface Person {
  readonly row: FeatureRow
  readonly timeline: Timeline
  /** Those that are known; absent where no rule asks for any. */
  readonly attributes?: ReadonlySet<AttributeName>
}

/** The judgements of the segments before, by id: what a rule may refer to. */
export type JudgedSegments = Pick<ReadonlyMap<string, RuleJudgement>, 'get'>

/**
 * Whether a rule holds of a person at an instant (`asOf`, ms since 1970), and why.
 * "Above" excludes its number, "within" and "top" include it. Counts of the last 30 days and ranks are those of the
 * row, which was made for an instant of its own; events and the time since an instant are exact at `asOf`.
 */
export function judgeRule(rule: SegmentRule, person: Person, asOf: number, judged: JudgedSegments): RuleJudgement {
  const { row, timeline } = person
  switch (rule.kind) {
    case 'rfm':
      return judge(isWithin(row.r, rule.r) && isWithin(row.f, rule.f) && isWithin(row.m, rule.m), () =>
        row.r === undefined ? 'no purchase to score' : `R ${row.r}, F ${row.f}, M ${row.m}`,
      )
    case 'engagement':
      return judge(
        deriveEngagementTier(row, rule.minimumSends) === rule.tier,
        () => `${row.opens} opened and ${row.clicks} clicked of ${row.sends} sent`,
      )
    case 'purchases_above': {
      const purchases = rule.within === 'ever' ? row.purchases : row.purchases30d
      const span = rule.within === 'ever' ? '' : ' within 30 days'
      return judge(purchases > rule.count, () => `${purchases} purchases${span} (above ${rule.count})`)
    }
    case 'last_purchase_within':
      return judgeAge('within', row.lastPurchaseAt, rule.days * DAY_MS, asOf, 'last purchase')
    case 'total_spent_above':
      return judge(row.totalSpent > rule.amount, () => `${row.totalSpent} spent (above ${rule.amount})`)
    case 'top_spenders': {
      const percentile = row.monetaryPercentile
      if (percentile === undefined) return judge(false, () => 'no purchase to rank')
      return judge(
        percentile >= 1 - rule.share,
        () => `spent more than ${formatPercent(percentile)} % of buyers (top ${formatPercent(rule.share)} %)`,
      )
    }
    case 'feature':
      return judgeNumber(rule.feature, row[NUMBERS[rule.feature]], rule.comparison, rule.value)
    case 'known': {
      const isKnown = readFeature(row, rule.feature) !== undefined
      return judge(isKnown === rule.isKnown, () => `${rule.feature} is ${isKnown ? '' : 'not '}known`)
    }
    case 'known_share':
      return judgeKnownShare(rule, person)
    case 'within':
    case 'longer_ago':
      return judgeAge(rule.kind, row[INSTANTS[rule.feature]], rule.spanMs, asOf, rule.feature)
    case 'event_count':
    case 'event_sum':
    case 'event_distinct':
    case 'event_first':
    case 'event_last':
    case 'sequence':
    case 'absence':
      return judgeEvents(rule, timeline, asOf)
    case 'member': {
      const { holds = false, until = Infinity } = judged.get(rule.segmentId) ?? {}
      return judge(holds, () => `${holds ? 'in' : 'not in'} ${rule.segmentId}`, until)
    }
    case 'not': {
      const part = judgeRule(rule.rule, person, asOf, judged)
      return { ...part, holds: !part.holds }
    }
    case 'fallback':
      return judgeRule(rule.rule, person, asOf, judged)
    case 'all':
    case 'any':
      return combine(
        rule.kind,
        rule.rules.map((part) => judgeRule(part, person, asOf, judged)),
      )
    case 'otherwise':
      return judge(true, () => 'no other segment of the scheme applies')
  }
}

function judge(holds: boolean, tellReason: () => string, until = Infinity): RuleJudgement {
  return { holds, until, tell: () => ({ reason: tellReason() }) }
}

function readFeature(row: FeatureRow, name: FeatureName): number | undefined {
  return name in NUMBERS ? row[NUMBERS[name as NumberName]] : row[INSTANTS[name as InstantName]]
}

function judgeKnownShare(
  { of, comparison, value }: Extract<SegmentRule, { kind: 'known_share' }>,
  { row, attributes }: Person,
): RuleJudgement {
  const isAttribute = (name: FeatureName | AttributeName): name is AttributeName =>
    (ATTRIBUTES as readonly string[]).includes(name)
  const missing = of.filter((name) =>
    isAttribute(name) ? attributes?.has(name) !== true : readFeature(row, name) === undefined,
  )
  const known = of.length - missing.length
  const told = `${known} of ${of.length} known (share ${comparison.replace('_', ' ')} ${value})`
  return judge(compareNumbers(comparison, known / of.length, value), () =>
    missing.length === 0 ? told : `${told}, not ${missing.join(', ')}`,
  )
}

function isWithin(score: number | undefined, range: ScoreRange | undefined): boolean {
  if (score === undefined) return false
  return range === undefined || (score >= range[0] && score <= range[1])
}

function judgeNumber(name: string, known: number | undefined, comparison: Comparison, value: number): RuleJudgement {
  const asked = (): string => `(${comparison.replace('_', ' ')} ${value})`
  if (known === undefined) return judge(false, () => `${name} is not known ${asked()}`)
  return judge(compareNumbers(comparison, known, value), () => `${name} ${shorten(known)} ${asked()}`)
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
  if (instant === undefined) return judge(false, () => `${what} is not known`)
  const isRecent = asOf - instant <= spanMs
  return judge(
    isRecent === (kind === 'within'),
    () => {
      const asked = kind === 'within' ? 'within' : 'longer ago than'
      // Told by its date, a reason stays what it is as time passes.
      return `${what} ${new Date(instant).toISOString().slice(0, 16)}Z (${asked} ${spanMs / DAY_MS} days)`
    },
    // Once it is long ago it stays so.
    isRecent ? instant + spanMs + 1 : Infinity,
  )
}

function combine(kind: 'all' | 'any', parts: readonly RuleJudgement[]): RuleJudgement {
  const isAll = kind === 'all'
  let holds = isAll
  for (const part of parts) if (part.holds !== isAll) holds = !isAll
  // One part that turns ends `all` that hold, and `any` of which none holds; to the other side all of them must turn.
  const isEndedByOne = isAll === holds
  let until = isEndedByOne ? Infinity : -Infinity
  let retoldAt = Infinity
  for (const part of parts) {
    if (part.holds === holds) until = isEndedByOne ? Math.min(until, part.until) : Math.max(until, part.until)
    // Whichever part turns is told, or no longer.
    retoldAt = Math.min(retoldAt, part.until, part.retoldAt ?? Infinity)
  }
  const tell = (): Told => {
    const told = parts.map((part) => ({ isNamed: part.holds === holds, ...part.tell() }))
    const measured = told.flatMap((part) => part.measured ?? []).join('; ')
    return {
      reason: told.flatMap(({ isNamed, reason }) => (isNamed ? reason : [])).join('; '),
      ...(measured === '' ? {} : { measured }),
    }
  }
  return retoldAt < until ? { holds, until, retoldAt, tell } : { holds, until, tell }
}

/** Down to a tenth, so that somebody just outside the top is not said to be in it. */
function formatPercent(share: number): string {
  return String(Math.floor(share * 1000 + 1e-9) / 10)
}
