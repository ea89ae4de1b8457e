import type { Issue } from '../../quality/issue.ts'
import { OUTCOMES } from '../../store/ingest/list-pages.ts'
import { type LedgerRow, type RecordVersion } from '../../store/ingest/ledger-batch.ts'
import { placeRow } from '../../store/place.ts'
import { isNil, readUuid } from '../../store/uuid-column.ts'
import type { AdmittedBatch } from './admitted-batch.ts'

const NO_ISSUES: readonly Issue[] = []

/** Rows of a batch at some positions, one by one. */
export function openRows(batch: AdmittedBatch, positions: Iterable<number>): LedgerRow[] {
  const { rowNos, lines, outcomes, recordIds, fingerprints } = batch
  const issues = new Map(batch.issues)
  return Array.from(positions, (row) => ({
    rowNo: rowNos[row]!,
    line: lines[row]!,
    outcome: OUTCOMES[outcomes[row]!] as LedgerRow['outcome'],
    recordId: isNil(recordIds, row) ? null : readUuid(recordIds, row),
    fingerprint: readUuid(fingerprints, row),
    issues: issues.get(row) ?? NO_ISSUES,
  }))
}

/** What the rows at some positions say of their records; `places` are those of all rows of the batch. */
export function openVersions(
  { recordIds, fingerprints, updatedAtMs }: AdmittedBatch,
  positions: Int32Array,
  places: Float64Array,
): RecordVersion[] {
  return Array.from(
    positions.filter((row) => !isNil(recordIds, row)),
    (row) => ({
      recordId: readUuid(recordIds, row),
      fingerprint: readUuid(fingerprints, row),
      updatedAtMs: Number.isNaN(updatedAtMs[row]) ? null : updatedAtMs[row]!,
      place: places[row]!,
    }),
  )
}

/** The places in the ledger of all rows of a batch whose first page has this number, in order. */
export function placeRows({ rowNos, pageRows }: AdmittedBatch, firstPage: number): Float64Array {
  const places = new Float64Array(rowNos.length)
  let row = 0
  for (let page = 0; page < pageRows.length; page++)
    for (let position = 0; position < pageRows[page]!; position++) places[row++] = placeRow(firstPage + page, position)
  return places
}
