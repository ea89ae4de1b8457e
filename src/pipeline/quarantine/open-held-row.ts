import { openEnvelope } from '../../privacy/open-envelope.ts'
import { unpackSealed } from '../../privacy/unpack-sealed.ts'
import type { ParsedRow } from '../../record/parsed-row.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { parseRow } from '../../source/parse-row.ts'
import type { HeldRowId, SealedHeldRow } from '../../store/quarantine/held-row.ts'
import type { Context } from '../context.ts'
import { nameRow } from '../name-place.ts'

/** A correction: cells by column. */
export type Fix = Readonly<Record<string, string>>

/** A held row as it reads now, its correction beside it. */
export interface OpenedHeldRow {
  readonly row: ParsedRow
  readonly columns: readonly string[]
  readonly fix: Fix
}

/** Opens a held row and parses its bytes again by the given layout. Throws `seal.broken`. */
export function openHeldRow(
  context: Context,
  held: Pick<SealedHeldRow, 'deliveryId' | 'rowNo' | 'line' | 'sealed' | 'sealedFix'>,
  layout: { readonly format: FormatSettings; readonly columns: readonly string[] },
): OpenedHeldRow {
  const { raw } = unpackSealed(openEnvelope(context.keyring, held.sealed, nameRow(held.deliveryId, held.rowNo)))
  const fix =
    held.sealedFix === null
      ? {}
      : (JSON.parse(openEnvelope(context.keyring, held.sealedFix, nameFix(held)).toString('utf8')) as Fix)
  return { ...parseRow(raw, layout, { rowNo: held.rowNo, line: held.line }), fix }
}

/** The place that a correction is sealed for. */
export function nameFix({ deliveryId, rowNo }: HeldRowId): string {
  return `quarantine:${deliveryId}:${rowNo}`
}

/**
 * The row with its correction: bytes as received, corrected cells in their columns. Of a row that cannot be read the
 * correction is all there is: its other cells are missing, and what kept it from being read no longer counts.
 */
export function applyFix({ row, columns, fix }: OpenedHeldRow): ParsedRow {
  const corrected = new Map(Object.entries(fix))
  if (corrected.size === 0) return row
  const cells = columns.map((column, index) => corrected.get(column) ?? row.cells[index] ?? null)
  return { ...row, cells, defects: row.defects.filter((defect) => !defect.fatal) }
}
