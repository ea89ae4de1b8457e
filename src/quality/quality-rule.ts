import type { Field } from '../record/field.ts'
import type { Severity } from './issue.ts'

/** Checks of a whole row, each with the code of its issue. */
export const ROW_CHECKS = [
  'record.empty',
  'order.no_customer',
  'order.cancelled',
  'order.quantity_not_positive',
  'order.price_not_positive',
  'event.no_actor',
] as const

export type RowCheck = (typeof ROW_CHECKS)[number]

interface Policy {
  readonly severity: Severity
  /** Share of a run's rows, 0 to 1, that may fail before the run itself does; without one a run only warns. */
  readonly threshold?: number
}

/** What a row must keep, beyond being readable; declared per source. Missing values fail `required` only. */
export type QualityRule = Policy &
  (
    | { readonly rule: RowCheck }
    /** Event kinds that are declared; the others are accepted with the issue `event.unknown_kind`. */
    | { readonly rule: 'event.unknown_kind'; readonly kinds: readonly string[] }
    | { readonly rule: 'required' | 'valid' | 'unique_in_delivery'; readonly field: Field }
    /** Normalized values, compared exactly. */
    | { readonly rule: 'accepted_values'; readonly field: Field; readonly values: readonly string[] }
    /** Inclusive; numbers for quantities and money, ISO text (`2024-01-31`) for dates and times. */
    | { readonly rule: 'range'; readonly field: Field; readonly min?: number | string; readonly max?: number | string }
    /** Inclusive, in characters (code points). */
    | { readonly rule: 'length'; readonly field: Field; readonly min?: number; readonly max?: number }
    /** `*` is any text, `?` one character, all else itself. */
    | { readonly rule: 'matches'; readonly field: Field; readonly pattern: string }
  )

/** Derives the code under which a rule's failures are counted: `email.required`, `order.cancelled`. */
export function deriveRuleCode(rule: QualityRule): string {
  return 'field' in rule ? `${rule.field}.${rule.rule}` : rule.rule
}
