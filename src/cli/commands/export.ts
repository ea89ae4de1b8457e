import { OnefoldError } from '../../errors.ts'
import { type ExportOptions, exportRows } from '../../pipeline/export/export-rows.ts'
import { withSession } from '../open-session.ts'
import { formatNumber } from '../output.ts'
import { writeExport } from '../write-export.ts'

export interface ExportCommandOptions {
  readonly format: ExportOptions['format']
  readonly out?: string
  readonly reveal?: boolean
  readonly raw?: boolean
  readonly asOf?: Date
}

/** Exports a published table or a segment to stdout, or to a file that appears under its name complete or not at all. */
export async function exportTable(name: string, options: ExportCommandOptions): Promise<number> {
  const wanted: ExportOptions = {
    name,
    format: options.format,
    reveal: options.reveal === true,
    raw: options.raw === true,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  }
  if (options.out === undefined && wanted.format === 'parquet' && process.stdout.isTTY) {
    throw new OnefoldError('payload', 'export.terminal', 'Parquet is bytes that a terminal cannot show.', {
      hint: 'Name a file with `--out FILE`, or send it on through a pipe.',
    })
  }
  return withSession('cli', async ({ context }) => {
    const rows = await writeExport(options.out, (append, report) => exportRows(context, wanted, append, report))
    if (rows === undefined) return 0
    process.stderr.write(
      `${formatNumber(rows)} rows of ${name}${options.out === undefined ? '' : ` written to ${options.out}`}${wanted.reveal ? ', with personal values' : ''}.\n`,
    )
    return 0
  })
}
