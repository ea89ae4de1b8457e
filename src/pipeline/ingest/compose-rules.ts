import { deriveDefaultRules } from '../../quality/derive-default-rules.ts'
import type { Severity } from '../../quality/issue.ts'
import { deriveRuleCode, type QualityRule } from '../../quality/quality-rule.ts'
import type { Reading } from './reading.ts'

/** What a source declares of a finding that is made anyway. */
export interface Policy {
  readonly code: string
  readonly severity: Severity
  /** Share of rows, 0 to 1, from which the run has failed. */
  readonly threshold?: number | undefined
}

/** The policies a source declares, by finding. */
export function composePolicies(reading: Reading): ReadonlyMap<string, Policy> {
  return new Map(reading.rules.flatMap((rule) => ('code' in rule ? [[rule.code, rule] as const] : [])))
}

/**
 * The rules a source is assessed by: those of its kind, severity and threshold as its policies have them, and the
 * checks of its own, which replace a standard rule of the same code.
 */
export function composeRules(reading: Reading, kinds: readonly string[]): QualityRule[] {
  const policies = composePolicies(reading)
  const checks = reading.rules.flatMap((rule) => ('field' in rule ? [withoutAbsent(rule) as QualityRule] : []))
  const own = new Set(checks.map(deriveRuleCode))
  const standard = deriveDefaultRules(reading.kind, kinds)
    .filter((rule) => !own.has(deriveRuleCode(rule)))
    .map((rule) => {
      const policy = policies.get(deriveRuleCode(rule))
      return policy === undefined
        ? rule
        : (withoutAbsent({ ...rule, severity: policy.severity, threshold: policy.threshold }) as QualityRule)
    })
  return [...standard, ...checks]
}

/** Settings write an absent value as undefined; rules leave it out. */
function withoutAbsent(rule: object): object {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined))
}
