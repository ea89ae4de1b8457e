import { DAY_MS } from '../feature/count-utc-days.ts'
import type { FeatureRow } from '../feature/feature-row.ts'
import { deriveEngagementTier } from './derive-engagement-tier.ts'
import type { ScoreRange, SegmentRule } from './segment-definition.ts'

export interface RuleJudgement {
  readonly holds: boolean
  /** Why it does or does not, in numbers. */
  readonly reason: string
  /** While it holds: the first instant at which time alone ends it. */
  readonly expiresAt?: number
}

/**
 * Whether a rule holds of a person at an instant (`asOf`, ms since 1970), and why.
 * "Above" excludes its number, "within" and "top" include it. Counts of the last 30 days and ranks are those of the
 * row, which was made for an instant of its own; the time since the last purchase is exact at `asOf`.
 */
export function judgeRule(rule: SegmentRule, row: FeatureRow, asOf: number): RuleJudgement {
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
      return judgeLastPurchase(rule.days, row.lastPurchaseAt, asOf)
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
    case 'all':
    case 'any':
      return combine(
        rule.kind,
        rule.rules.map((part) => judgeRule(part, row, asOf)),
      )
    case 'otherwise':
      return { holds: true, reason: 'no other segment of the scheme applies' }
  }
}

function isWithin(score: number | undefined, range: ScoreRange | undefined): boolean {
  if (score === undefined) return false
  return range === undefined || (score >= range[0] && score <= range[1])
}

function judgeLastPurchase(days: number, lastPurchaseAt: number | undefined, asOf: number): RuleJudgement {
  if (lastPurchaseAt === undefined) return { holds: false, reason: 'no purchase' }
  const ageMs = asOf - lastPurchaseAt
  const reason = `last purchase ${(ageMs / DAY_MS).toFixed(1)} days ago (within ${days})`
  if (ageMs > days * DAY_MS) return { holds: false, reason }
  return { holds: true, reason, expiresAt: lastPurchaseAt + days * DAY_MS + 1 }
}

function combine(kind: 'all' | 'any', parts: readonly RuleJudgement[]): RuleJudgement {
  const holding = parts.filter((part) => part.holds)
  const holds = kind === 'all' ? holding.length === parts.length : holding.length > 0
  const reason = (holds ? holding : parts.filter((part) => !part.holds)).map((part) => part.reason).join('; ')
  if (!holds) return { holds, reason }
  // All hold until the first ends; any hold until the last does.
  const ends = holding.map((part) => part.expiresAt ?? Infinity)
  const expiresAt = kind === 'all' ? Math.min(...ends) : Math.max(...ends)
  return Number.isFinite(expiresAt) ? { holds, reason, expiresAt } : { holds, reason }
}

/** Down to a tenth, so that somebody just outside the top is not said to be in it. */
function formatPercent(share: number): string {
  return String(Math.floor(share * 1000 + 1e-9) / 10)
}
