import type { Issue } from '../quality/issue.ts'
import { assessCellType } from './assess-cell-type.ts'
import { listDeclaredColumns, type CellType, type SourceContract } from './source-contract.ts'

export interface RowContractResult {
  /** The cells to go on with: as they came, or under `discard_value` with null for what was dropped. */
  readonly cells: readonly (string | null)[]
  readonly issues: readonly Issue[]
  /** Whether the whole delivery is refused: drift under `freeze`. */
  readonly refuse: boolean
}

const NO_ISSUES: readonly Issue[] = []

/** Judges one row; cells are in the order of the columns the judge was made for. */
export type RowContractJudge = (cells: readonly (string | null)[]) => RowContractResult

/**
 * Makes the judge of rows for a delivery's columns. It looks at values in undeclared columns
 * (`contract.undeclared_value`), values of the wrong type (`contract.wrong_type`) and empty cells that may not be
 * (`contract.empty`). Under `evolve` undeclared values pass silently and the others warn; `discard_row` quarantines
 * the row; `discard_value` drops wrong and undeclared values with a warning, and an empty cell stays a warning;
 * `freeze` refuses the delivery.
 */
export function openRowContractJudge(columns: readonly string[], contract: SourceContract): RowContractJudge {
  const declared = listDeclaredColumns(contract)
  const types = new Map<string, CellType>(Object.entries(contract.types ?? {}))
  const nullable = new Map<string, boolean>(Object.entries(contract.nullable ?? {}))
  const { drift } = contract
  const severity = drift === 'freeze' ? 'reject' : drift === 'discard_row' ? 'quarantine' : 'warn'
  const plan = columns
    .map((column, index) => ({
      column,
      index,
      undeclared: !declared.has(column) && drift !== 'evolve',
      type: types.get(column),
      needed: nullable.get(column) === false,
    }))
    // Most columns promise nothing that a value could break.
    .filter(({ undeclared, type, needed }) => undeclared || type !== undefined || needed)

  return (cells) => {
    if (plan.length === 0) return { cells, issues: NO_ISSUES, refuse: false }
    const issues: Issue[] = []
    let kept: (string | null)[] | undefined
    plan.forEach(({ column, index, undeclared, type, needed }) => {
      const cell = cells[index] ?? null
      if (cell === null || cell.trim() === '') {
        if (needed) issues.push({ code: 'contract.empty', column, severity })
        return
      }
      const code = undeclared
        ? 'contract.undeclared_value'
        : type !== undefined && !assessCellType(cell, type)
          ? 'contract.wrong_type'
          : undefined
      if (code === undefined) return
      issues.push({ code, column, severity })
      if (drift === 'discard_value') {
        kept ??= [...cells]
        kept[index] = null
      }
    })
    return { cells: kept ?? cells, issues, refuse: drift === 'freeze' && issues.length > 0 }
  }
}
