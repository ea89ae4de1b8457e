import { exportInputs } from '../../pipeline/export/export-inputs.ts'
import { withSession } from '../open-session.ts'
import { formatNumber } from '../output.ts'
import { writeExport } from '../write-export.ts'

export interface ExportInputsOptions {
  readonly format: 'csv' | 'jsonl'
  readonly out?: string
  readonly parameters?: string
}

/** Writes the matrix of `model_inputs`, and, when a file is named for it, how each column was made. */
export async function exportModelInputs({ format, out, parameters }: ExportInputsOptions): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const exported = await writeExport(out, (append, report) => exportInputs(context, format, append, report))
    if (exported === undefined) return 0
    if (parameters !== undefined)
      await writeExport(parameters, (append) => append(`${JSON.stringify(exported, null, 2)}\n`))
    const { people, rows, inputs } = exported
    const told = inputs.flatMap(({ column, imputed, excluded }) => [
      ...(imputed === null || imputed.people === 0
        ? []
        : [`${column}: imputed for ${formatNumber(imputed.people)} by ${String(imputed.value)}`]),
      ...(excluded === 0 ? [] : [`${column}: missing of ${formatNumber(excluded)}, who are left out`]),
    ])
    const where = out === undefined ? '' : ` written to ${out}`
    process.stderr.write(`${formatNumber(rows)} of ${formatNumber(people)} people${where}.\n`)
    for (const line of told) process.stderr.write(`  ${line}\n`)
    return 0
  })
}
