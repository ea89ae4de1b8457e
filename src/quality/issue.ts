import type { Field } from '../record/field.ts'

/** How much an issue weighs: `info` and `warn` accept the row, `quarantine` holds it for repair, `reject` refuses it. */
export type Severity = 'info' | 'warn' | 'quarantine' | 'reject'

/** A quality finding about one row. Carries codes and places, never the value. */
export interface Issue {
  /** `email.invalid`, `birth_date.ambiguous`, `row.ragged`, … */
  readonly code: string
  readonly field?: Field
  readonly column?: string
  readonly severity: Severity
}
