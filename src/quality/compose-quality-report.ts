import type { Severity } from './issue.ts'
import type { IssueTally } from './issue-tally.ts'
import { deriveRuleCode } from './quality-rule.ts'
import type { QualityRule } from './quality-rule.ts'

export interface RuleResult {
  readonly code: string
  readonly severity: Severity
  /** Rows the rule looked at, and those that broke it. */
  readonly checked: number
  readonly failed: number
  /** failed ÷ checked, 0 to 1; 0 when nothing was checked. */
  readonly share: number
  readonly threshold?: number
  readonly status: 'pass' | 'warn' | 'fail'
}

export interface QualityReport {
  readonly rows: number
  /** Declared rules, in their order. */
  readonly rules: readonly RuleResult[]
  /** Findings without a rule of their own, most frequent first, then by code. */
  readonly findings: readonly { readonly code: string; readonly rows: number; readonly share: number }[]
  /** The worst of the rules. */
  readonly status: 'pass' | 'warn' | 'fail'
}

/**
 * Composes a run's quality report from its tally; `rows` are all rows that were assessed.
 *
 * A rule passes when no row failed or the share is within its threshold (inclusive). Beyond it, it fails the run
 * if it holds or refuses rows, and warns if it only remarks; without a threshold it never does more than warn,
 * since its rows have been dealt with one by one.
 */
export function composeQualityReport(tally: IssueTally, rules: readonly QualityRule[], rows: number): QualityReport {
  const results = rules.map((rule): RuleResult => {
    const code = deriveRuleCode(rule)
    const failed = tally.get(code) ?? 0
    const share = rows > 0 ? failed / rows : 0
    return {
      ...{ code, severity: rule.severity, checked: rows, failed, share },
      ...(rule.threshold !== undefined && { threshold: rule.threshold }),
      status: judgeShare(share, rule),
    }
  })
  const ruled = new Set(results.map(({ code }) => code))
  const findings = [...tally]
    .filter(([code]) => !ruled.has(code))
    .map(([code, found]) => ({ code, rows: found, share: rows > 0 ? found / rows : 0 }))
    .sort((left, right) => right.rows - left.rows || (left.code < right.code ? -1 : 1))
  const statuses = results.map(({ status }) => status)
  const status = statuses.includes('fail') ? 'fail' : statuses.includes('warn') ? 'warn' : 'pass'
  return { rows, rules: results, findings, status }
}

function judgeShare(share: number, rule: QualityRule): 'pass' | 'warn' | 'fail' {
  if (share <= (rule.threshold ?? 0)) return 'pass'
  const holds = rule.severity === 'quarantine' || rule.severity === 'reject'
  return holds && rule.threshold !== undefined ? 'fail' : 'warn'
}
