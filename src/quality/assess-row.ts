import type { NormalizedRow } from '../record/normalized-row.ts'
import { deriveFieldValues } from './derive-field-values.ts'
import type { Issue } from './issue.ts'
import { failsRowCheck } from './fails-row-check.ts'
import { matchesGlob } from './matches-glob.ts'
import { deriveRuleCode } from './quality-rule.ts'
import type { QualityRule } from './quality-rule.ts'

/** Says whether the delivery had this value before under this rule, and remembers it from now on. */
export type SeenBefore = (code: string, value: string) => boolean

/**
 * Assesses a row by its source's rules: the row's own issues first, then one per rule that fails.
 *
 * A missing value fails `required` and nothing else. `valid` fails when normalizing left a `warn` or worse on the
 * field. `unique_in_delivery` needs `seenBefore`, which the caller bounds or backs by the store; without it the
 * rule is skipped. No rule applies to a deletion. Issues carry the rule's code and severity, never a value.
 */
export function assessRow(
  row: NormalizedRow,
  rules: readonly QualityRule[],
  seenBefore?: SeenBefore,
): readonly Issue[] {
  // What is gone can neither lack anything nor be wrong.
  if (row.person.deleted === true) return row.issues
  let issues: Issue[] | undefined
  for (const rule of rules) {
    if (!fails(row, rule, seenBefore)) continue
    issues ??= [...row.issues]
    issues.push({
      code: deriveRuleCode(rule),
      severity: rule.severity,
      ...('field' in rule && { field: rule.field }),
    })
  }
  return issues ?? row.issues
}

function fails(row: NormalizedRow, rule: QualityRule, seenBefore: SeenBefore | undefined): boolean {
  // What could not be read cannot break a rule; its defect already holds it.
  if (!('field' in rule)) return failsRowCheck(row, rule)
  if (rule.rule === 'valid')
    return row.issues.some(({ field, severity }) => field === rule.field && severity !== 'info')
  const values = deriveFieldValues(row, rule.field)
  if (rule.rule === 'required') return values.length === 0
  if (values.length === 0) return false
  switch (rule.rule) {
    case 'unique_in_delivery': {
      const code = deriveRuleCode(rule)
      // Every value is remembered, so no short cut through `some`.
      return values.map((value) => seenBefore?.(code, String(value)) === true).includes(true)
    }
    case 'accepted_values':
      return values.some((value) => !rule.values.includes(String(value)))
    case 'range':
      return values.some((value) => isBelow(value, rule.min) || isAbove(value, rule.max))
    case 'length':
      return values.some((value) => !isBetween(countCharacters(String(value)), rule.min, rule.max))
    case 'matches':
      return values.some((value) => !matchesGlob(String(value), rule.pattern))
  }
}

/** Bounds of another type than the value bound nothing: settings are checked where they are read. */
function isBelow(value: string | number, min: string | number | undefined): boolean {
  return min !== undefined && typeof min === typeof value && value < min
}

function isAbove(value: string | number, max: string | number | undefined): boolean {
  if (max === undefined || typeof max !== typeof value) return false
  // `2024-01-31` as an upper bound includes that whole day.
  return typeof max === 'string' && typeof value === 'string' ? value.slice(0, max.length) > max : value > max
}

function isBetween(length: number, min = 0, max = Number.POSITIVE_INFINITY): boolean {
  return length >= min && length <= max
}

function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
