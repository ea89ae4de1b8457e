import type { DeclaredSettings } from '../config/settings.ts'
import { OnefoldError } from '../errors.ts'
import { findPreset } from '../source/find-preset.ts'
import { readRows } from '../source/read-rows.ts'
import { type ColumnGuess, recognizeColumns } from '../source/recognize-columns.ts'
import { recognizeKind } from '../source/recognize-kind.ts'

type SourceDeclaration = NonNullable<DeclaredSettings['sources']>[string]

/** What a file seems to be, ready to be written into the settings. */
export interface GuessedSource {
  readonly settings: SourceDeclaration
  readonly columns: readonly ColumnGuess[]
}

/** Columns below this are shown but not mapped: a wrong mapping does more harm than a missing one. */
const SURE = 0.5

/** Recognises a file by a preset or by its headers and first 200 rows. Throws `source.empty` for a file without rows. */
export async function guessSource(file: string, kind?: SourceDeclaration['kind']): Promise<GuessedSource> {
  for await (const batch of readRows(file, { batchRows: 200 })) {
    const sample = batch.rows.map((row) => row.cells)
    const found = findPreset(batch.columns)
    if (found !== undefined && found.score >= SURE) {
      const { preset, score } = found
      const columns = batch.columns.map((column) => ({
        column,
        field: Object.hasOwn(preset.columns, column) ? preset.columns[column] : undefined,
        confidence: score,
        because: `Column of ${preset.title}.`,
      }))
      return { settings: { kind: kind ?? preset.kind, preset: preset.name }, columns }
    }
    const columns = recognizeColumns(batch.columns, sample)
    const sure = columns.flatMap(({ column, field, confidence }) =>
      field === undefined || confidence < SURE ? [] : [[column, field] as const],
    )
    return { settings: { kind: kind ?? recognizeKind(columns).kind, columns: Object.fromEntries(sure) }, columns }
  }
  throw new OnefoldError('payload', 'source.empty', 'The file holds no rows.', {
    hint: 'Check that this is the right file.',
  })
}
