import { listDeclaredColumns, type SourceContract } from './source-contract.ts'

/** How the columns of a delivery differ from the contract. `refuse` refuses the whole delivery. */
export interface ContractFinding {
  readonly code: 'contract.missing_column' | 'contract.new_column'
  readonly column: string
  readonly verdict: 'refuse' | 'discard_row' | 'discard_value' | 'accept'
}

/**
 * Compares the columns that came with those promised. A required column that is missing refuses the delivery under
 * `freeze`, and is reported but accepted otherwise, since no row or value of it can be discarded. A new column meets
 * the drift policy. Findings come in the order of the contract, then of the columns; none when all is as promised.
 */
export function assessContract(columns: readonly string[], contract: SourceContract): ContractFinding[] {
  const present = new Set(columns)
  const declared = listDeclaredColumns(contract)
  const { drift } = contract
  const missing = contract.required.filter((column) => !present.has(column))
  const added = columns.filter((column) => !declared.has(column))
  const onNew = drift === 'freeze' ? 'refuse' : drift === 'evolve' ? 'accept' : drift
  return [
    ...missing.map((column): ContractFinding => ({
      code: 'contract.missing_column',
      column,
      verdict: drift === 'freeze' ? 'refuse' : 'accept',
    })),
    ...added.map((column): ContractFinding => ({ code: 'contract.new_column', column, verdict: onNew })),
  ]
}
