import { once } from 'node:events'
import { OnefoldError } from '../errors.ts'
import type { ReportProgress } from '../pipeline/report-progress.ts'
import { fillFile } from './fill-file.ts'
import { withProgress } from './with-progress.ts'

type Fill<T> = (append: (piece: string | Uint8Array) => Promise<void>, report?: ReportProgress) => Promise<T>

/**
 * Has an export written to stdout, or to a file that appears under its name complete or not at all. Undefined when the
 * reader of stdout went away, as `head` does: it has what it wanted. Throws `export.cannot_write` (payload).
 */
export async function writeExport<T>(out: string | undefined, fill: Fill<T>): Promise<T | undefined> {
  return out === undefined
    ? toStdout(fill)
    : withProgress('exporting', 'rows', (report) => toFile(out, (append) => fill(append, report)))
}

async function toStdout<T>(fill: Fill<T>): Promise<T | undefined> {
  const gone = new AbortController()
  const onError = (error: NodeJS.ErrnoException): void => gone.abort(error)
  process.stdout.on('error', onError)
  try {
    return await fill(async (piece) => {
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

async function toFile<T>(out: string, fill: Fill<T>): Promise<T> {
  let isOpen = false
  try {
    return await fillFile(out, (append) => {
      isOpen = true
      return fill(append)
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
