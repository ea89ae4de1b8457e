import { OnefoldError } from '../../errors.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import type { ComposedProfile } from '../../profile/composed-profile.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { countExported } from '../../store/export/count-exported.ts'
import { findExported } from '../../store/export/find-exported.ts'
import { listExportable } from '../../store/export/list-exportable.ts'
import { type ExportedRow, readExported, type RevealableRow } from '../../store/export/read-exported.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { nameRevision } from '../derive/compose-stage.ts'
import { UNHEARD } from '../report-progress.ts'
import { openParquetRows } from './open-parquet-rows.ts'
import { openTextRows } from './open-text-rows.ts'

export interface ExportOptions {
  /** A table of `onefold_out`, or a segment's id. */
  readonly name: string
  readonly format: 'csv' | 'jsonl' | 'parquet'
  /** Adds given name, family name, e-mail and phone of each person. */
  readonly reveal: boolean
  /** In CSV leaves texts as they are, also those that a spreadsheet would run. */
  readonly raw: boolean
  /** Of a segment: who was in it at that instant [F6]; what is said of them is of now. */
  readonly asOf?: Date
}

const REVEALED = ['given_name', 'family_name', 'email', 'phone'].map((name) => ({ name, type: 'text' }))
const BATCH_ROWS = 1_000

/**
 * Writes published rows in a format, piece by piece, awaiting each piece [J2]. That an export began is in the audit log
 * before the first row leaves, how it ended and how many rows left afterwards [H6]. Returns the number of rows.
 * Throws `export.not_found`; for tables that are not about people `export.nothing_to_reveal`, for all tables `export.no_history` (payload).
 */
export async function exportRows(
  context: Context,
  options: ExportOptions,
  write: (piece: string | Uint8Array) => Promise<void>,
  report = UNHEARD,
): Promise<number> {
  const { sql } = context.store
  const found = await findExported(sql, options.name)
  if (found === undefined) {
    throw new OnefoldError('not_found', 'export.not_found', `There is no table or segment ${options.name}.`, {
      hint: `There are: ${(await listExportable(sql)).join(', ')}.`,
    })
  }
  const { asOf } = options
  if (asOf !== undefined && found.kind === 'table') {
    throw new OnefoldError('payload', 'export.no_history', `${options.name} is exported as it is now only.`, {
      hint: 'Leave out `--as-of`, or export a segment.',
    })
  }
  const exported = found.kind === 'segment' && asOf !== undefined ? { ...found, asOf } : found
  if (options.reveal && !exported.columns.some(({ name }) => name === 'profile_id')) {
    throw new OnefoldError('payload', 'export.nothing_to_reveal', `${options.name} has no row a person.`, {
      hint: 'Leave out `--reveal`, or export unified_profiles or a segment.',
    })
  }
  const details = {
    ...{ kind: exported.kind, format: options.format, revealed: options.reveal },
    ...(asOf === undefined ? {} : { asOf: asOf.toISOString() }),
  }
  const note = (action: string, rows?: number): Promise<void> =>
    inTransaction(sql, (tx) =>
      appendAudit(tx, {
        actor: context.actor,
        action,
        subject: options.name,
        details: { ...details, ...(rows === undefined ? {} : { rows }) },
      }),
    )
  await note('export.begun')
  let rows = 0
  try {
    const columns = options.reveal ? [...exported.columns, ...REVEALED] : exported.columns
    const isParquet = options.format === 'parquet'
    const writer = isParquet ? openParquetRows(columns, write) : await openTextRows(options, columns, write)
    await inTransaction(sql, async (tx) => {
      const whole = await countExported(tx, exported)
      const read = { reveal: options.reveal, micros: isParquet, batchRows: BATCH_ROWS }
      for await (const batch of readExported(tx, exported, read)) {
        await writer.append(batch.map((each) => (options.reveal ? reveal(context, each) : each.row)))
        rows += batch.length
        report(rows, whole)
      }
    })
    await writer.end()
  } catch (failure) {
    await note('export.failed', rows)
    throw failure
  }
  await note('export.done', rows)
  return rows
}

function reveal(context: Context, { row, profileId, revision, sealed }: RevealableRow): ExportedRow {
  const nobody = { given_name: null, family_name: null, email: null, phone: null }
  if (profileId === null || revision === null || sealed === null) return { ...row, ...nobody }
  const opened = openEnvelope(context.keyring, sealed, nameRevision(profileId, revision)).toString('utf8')
  const { attributes, emails, phones } = JSON.parse(opened) as ComposedProfile
  return {
    ...row,
    given_name: attributes['given_name']?.value ?? null,
    family_name: attributes['family_name']?.value ?? null,
    email: emails[0]?.value ?? null,
    phone: phones[0]?.value ?? null,
  }
}
