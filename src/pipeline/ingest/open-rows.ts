import type { Issue } from '../../quality/issue.ts'
import { OUTCOMES } from '../../store/ingest/encode-pages.ts'
import { type LedgerRow, NOBODY } from '../../store/ingest/ledger-batch.ts'
import { placeRow } from '../../store/place.ts'
import { readUuid } from '../../store/uuid-column.ts'
import type { ToldRow } from './admit-row.ts'
import type { AdmittedBatch } from './admitted-batch.ts'

/** A row of a batch with what the store needs beside the ledger row. */
export interface AdmittedRow {
  readonly ledger: LedgerRow
  /** What follows once the ledger accepts the row; undefined when nobody could be told. */
  readonly told: ToldRow | undefined
}

/** An accepted row with its place in the ledger. */
export interface PlacedRow extends AdmittedRow {
  readonly place: number
}

const NO_ISSUES: readonly Issue[] = []

/** Rows of a batch, of all or at some positions, one by one. */
export function openRows(batch: AdmittedBatch, positions: Iterable<number>): AdmittedRow[] {
  const { rowNos, lines, outcomes, recordIds, fingerprints, updatedAtMs } = batch
  const issues = new Map(batch.issues)
  const told = new Map(batch.told)
  return Array.from(positions, (row) => {
    const named = readUuid(recordIds, row)
    const recordId = named === NOBODY ? null : named
    return {
      ledger: {
        rowNo: rowNos[row]!,
        line: lines[row]!,
        outcome: OUTCOMES[outcomes[row]!] as LedgerRow['outcome'],
        recordId,
        fingerprint: readUuid(fingerprints, row),
        issues: issues.get(row) ?? NO_ISSUES,
      },
      told: recordId === null ? undefined : (told.get(row) ?? tellOfNothing(updatedAtMs[row]!)),
    }
  })
}

/** The places in the ledger of all rows of a batch whose first page has this number, in order. */
export function placeRows({ rowNos, pageRows }: AdmittedBatch, firstPage: number): Float64Array {
  const places = new Float64Array(rowNos.length)
  let row = 0
  for (let page = 0; page < pageRows.length; page++)
    for (let position = 0; position < pageRows[page]!; position++) places[row++] = placeRow(firstPage + page, position)
  return places
}

/** Most people: no device, and the description lies in the envelope. */
function tellOfNothing(updatedAtMs: number): ToldRow {
  return {
    device: undefined,
    updatedAtMs: Number.isNaN(updatedAtMs) ? null : updatedAtMs,
    description: '',
    event: undefined,
  }
}
