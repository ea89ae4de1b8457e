import { once } from 'node:events'
import { OnefoldError } from '../../errors.ts'
import { type ExportOptions, exportRows } from '../../pipeline/export/export-rows.ts'
import type { ReportProgress } from '../../pipeline/report-progress.ts'
import { fillFile } from '../fill-file.ts'
import { type Session, withSession } from '../open-session.ts'
import { formatNumber } from '../output.ts'
import { withProgress } from '../with-progress.ts'

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
  const { out } = options
  if (out === undefined && wanted.format === 'parquet' && process.stdout.isTTY) {
    throw new OnefoldError('payload', 'export.terminal', 'Parquet is bytes that a terminal cannot show.', {
      hint: 'Name a file with `--out FILE`, or send it on through a pipe.',
    })
  }
  return withSession('cli', async (session) => {
    const rows =
      out === undefined
        ? await toStdout(session, wanted)
        : await withProgress('exporting', 'rows', (report) => toFile(session, wanted, out, report))
    if (rows === undefined) return 0
    process.stderr.write(
      `${formatNumber(rows)} rows of ${name}${options.out === undefined ? '' : ` written to ${options.out}`}${wanted.reveal ? ', with personal values' : ''}.\n`,
    )
    return 0
  })
}

/** Undefined when the reader went away, as `head` does: it has what it wanted. */
async function toStdout(session: Session, options: ExportOptions): Promise<number | undefined> {
  const gone = new AbortController()
  const onError = (error: NodeJS.ErrnoException): void => gone.abort(error)
  process.stdout.on('error', onError)
  try {
    return await exportRows(session.context, options, async (piece) => {
      gone.signal.throwIfAborted()
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain', { signal: gone.signal })
    })
  } catch (failure) {
    if ((gone.signal.reason as NodeJS.ErrnoException | undefined)?.code === 'EPIPE') return undefined
    throw failure
  } finally {
    process.stdout.removeListener('error', onError)
  }
}

async function toFile(session: Session, options: ExportOptions, out: string, report: ReportProgress): Promise<number> {
  let isOpen = false
  try {
    return await fillFile(out, (append) => {
      isOpen = true
      return exportRows(session.context, options, append, report)
    })
  } catch (cause) {
    if (isOpen) throw cause
    throw new OnefoldError('payload', 'export.cannot_write', 'The export cannot be written there.', {
      details: { file: out, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' },
      hint: 'Name a file in a folder that exists and that this user may write to.',
      cause,
    })
  }
}
