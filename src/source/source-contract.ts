export type CellType = 'text' | 'number' | 'integer' | 'date' | 'timestamp' | 'boolean'

/**
 * What drift from the contract does, in dlt's words: `evolve` accepts new columns; `freeze` refuses the delivery;
 * `discard_row` quarantines the rows concerned; `discard_value` drops the values concerned, each with an issue.
 */
export type DriftPolicy = 'evolve' | 'freeze' | 'discard_row' | 'discard_value'

/** What a source promises to deliver. Columns that are in none of the lists are undeclared. */
export interface SourceContract {
  readonly required: readonly string[]
  /** Columns that may be there or not. */
  readonly optional?: readonly string[]
  readonly types?: Readonly<Record<string, CellType>>
  /** Whether a cell may be empty; a column that is not named may. */
  readonly nullable?: Readonly<Record<string, boolean>>
  readonly drift: DriftPolicy
}

/** The declared columns. A Set and Maps, so that `__proto__` is a column like any other. */
export function listDeclaredColumns(contract: SourceContract): ReadonlySet<string> {
  return new Set([
    ...contract.required,
    ...(contract.optional ?? []),
    ...Object.keys(contract.types ?? {}),
    ...Object.keys(contract.nullable ?? {}),
  ])
}
