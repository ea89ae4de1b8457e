import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { OnefoldError } from '../../errors.ts'
import { importModel as importText } from '../../pipeline/model/import-model.ts'
import { revealRecords } from '../../pipeline/model/reveal-records.ts'
import { revealModel, revealSettings } from '../../pipeline/model/reveal-model.ts'
import type { SplinkDialect } from '../../splink/phrases.ts'
import { fillFile } from '../fill-file.ts'
import { withSession } from '../open-session.ts'
import { formatNumber, printJson, printLine } from '../output.ts'
import { withProgress } from '../with-progress.ts'
import { NEXT } from './model.ts'

/** Writes a model to a file that its owner alone may read, as Splink's settings when a dialect is given. */
export async function exportModel(
  file: string,
  version: number | undefined,
  { splink }: { readonly splink?: SplinkDialect },
): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const { settings, unsaid } =
      splink === undefined
        ? { settings: await revealModel(context, version), unsaid: [] }
        : await revealSettings(context, splink, version)
    await fillFile(file, (append) => append(settings)).catch((cause: NodeJS.ErrnoException) =>
      throwCannotWrite(file, cause),
    )
    process.stderr.write(`The model is written to ${file}; the values it knows to be common are people's names.\n`)
    if (unsaid.length > 0)
      process.stderr.write(`SQL does not say these levels, which count as different there: ${unsaid.join(', ')}.\n`)
    return 0
  })
}

/** Keeps the model of a file as the newest version. */
export async function importModel(
  file: string,
  { json, ...thresholds }: { readonly json?: boolean; readonly match?: number; readonly review?: number },
): Promise<number> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new OnefoldError('payload', 'model.no_file', 'The model file cannot be read.', {
      details: { file: basename(file), reason: cause.code ?? 'unknown' },
      hint: 'Name a file that `onefold model export` or Splink wrote.',
      cause,
    })
  })
  return withSession('cli', async ({ context }) => {
    const saved = await importText(context, text, thresholds)
    if (saved.adjustedLevels > 0)
      process.stderr.write(
        `${saved.adjustedLevels} levels adjust for how common a value is, by the table that Splink is given: that is left out here.\n`,
      )
    if (json === true) printJson(saved)
    else if (saved.isNew) printLine(`  Model ${saved.version} is kept.${NEXT}`)
    else printLine(`  It is model ${saved.version}: nothing was kept.`)
    return 0
  })
}

/** Writes the records of the ledger as they are compared, for Splink to run an exported model on. */
export async function exportRecords(file: string): Promise<number> {
  return withSession('cli', async ({ context }) => {
    const records = await withProgress('writing records', 'records', (report) =>
      fillFile(file, (append) => revealRecords(context, append, report)),
    ).catch((cause: NodeJS.ErrnoException) => {
      if (cause.path === undefined) throw cause
      return throwCannotWrite(file, cause)
    })
    process.stderr.write(`${formatNumber(records)} records written to ${file}, with personal values.\n`)
    return 0
  })
}

function throwCannotWrite(file: string, cause: NodeJS.ErrnoException): never {
  throw new OnefoldError('payload', 'model.cannot_write', 'The file cannot be written there.', {
    details: { file, reason: cause.code ?? 'unknown' },
    hint: 'Name a file in a folder that exists and that this user may write to.',
    cause,
  })
}
