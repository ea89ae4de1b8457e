import { OnefoldError } from '../../errors.ts'
import { composeRows } from '../../feature/compose-rows.ts'
import { fitInputs, type FittedInput } from '../../feature/fit-inputs.ts'
import { nameColumns } from '../../feature/name-columns.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { loadInputs } from '../../store/behaviour/load-inputs.ts'
import { inSnapshot, inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { UNHEARD } from '../report-progress.ts'
import { formatCsvLine } from './format-csv-line.ts'

/** How the matrix was made. */
export interface ExportedInputs {
  /** Everybody looked at, and those of whom enough is known: a row each. */
  readonly people: number
  readonly rows: number
  readonly inputs: readonly FittedInput[]
}

const BATCH_ROWS = 1_000

/**
 * Writes what `model_inputs` declares, a row a person by pseudonym, piece by piece, awaiting each piece [B3 B7 J2]: the same
 * people give the same bytes. The audit log has it as it has other exports. Texts are guarded against spreadsheets in CSV.
 * Throws `export.no_inputs` (settings).
 */
export async function exportInputs(
  context: Context,
  format: 'csv' | 'jsonl',
  write: (piece: string) => Promise<void>,
  report = UNHEARD,
): Promise<ExportedInputs> {
  const { sql } = context.store
  const declared = context.settings.model_inputs
  if (declared.length === 0) {
    throw new OnefoldError('settings', 'export.no_inputs', 'The configuration declares no `model_inputs`.', {
      hint: 'List features and attributes under `model_inputs`; `onefold features` tells all features.',
    })
  }
  const details = { kind: 'model_inputs', format, revealed: false }
  const note = (action: string, rows?: number): Promise<void> =>
    inTransaction(sql, (tx) =>
      appendAudit(tx, {
        ...{ actor: context.actor, action, subject: 'model_inputs' },
        details: { ...details, ...(rows === undefined ? {} : { rows }) },
      }),
    )
  await note('export.begun')
  let rows = 0
  try {
    const { ids, loaded } = await inSnapshot(sql, (tx) => loadInputs(tx, declared, 'pseudonym'))
    const { people, columns, fitted } = fitInputs(loaded, ids.length)
    const names = ['profile_id', ...nameColumns(columns)]
    if (format === 'csv') await write(formatCsvLine(names, false))
    while (rows < people.length) {
      const to = Math.min(rows + BATCH_ROWS, people.length)
      const from = rows
      const lines = composeRows(columns, from, to).map((cells, n) => {
        const row = [ids[people[from + n]!]!, ...cells]
        if (format === 'csv') return formatCsvLine(row, false)
        return `${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])))}\n`
      })
      await write(lines.join(''))
      rows = to
      report(rows, people.length)
    }
    await note('export.done', rows)
    return { people: ids.length, rows, inputs: fitted }
  } catch (failure) {
    await note('export.failed', rows)
    throw failure
  }
}
