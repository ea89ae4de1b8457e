import type { CopyWriter } from '../copy-writer.ts'
import { packUuids, UUID_BYTES } from '../uuid-column.ts'
import type { LedgerColumns } from './ledger-batch.ts'

/** Outcomes of ledger rows by their number in a batch; the last is found while writing. */
export const OUTCOMES = ['accepted', 'quarantined', 'rejected', 'duplicate'] as const

/** By number. */
const LETTERS = 'aqrd'

/**
 * Spells the pages of a batch for `copyPages`, numbered from `firstPage` on. `outcomes` are those in which the rows
 * ended, by number.
 */
export function encodePages(
  writer: CopyWriter,
  deliveryId: string,
  firstPage: number,
  batch: LedgerColumns,
  outcomes: Uint8Array,
): Buffer {
  const { rowNos, lines, recordIds, fingerprints, pageRows, sealed, ends } = batch
  const delivery = packUuids([deliveryId])
  const codes = new Map(batch.issues.map(([row, issues]) => [row, issues.map(({ code }) => code).join(' ')]))
  let first = 0
  for (let page = 0; page < pageRows.length; page++) {
    const end = first + pageRows[page]!
    let letters = ''
    let found = false
    for (let row = first; row < end; row++) {
      letters += LETTERS.charAt(outcomes[row]!)
      found ||= codes.size > 0 && codes.has(row)
    }
    writer.row(9)
    writer.bigint(firstPage + page)
    writer.uuid(delivery, 0)
    writer.integer(rowNos[first]!)
    writer.text(letters)
    writer.integers(lines.subarray(first, end))
    writer.uuids(recordIds.subarray(first * UUID_BYTES, end * UUID_BYTES))
    writer.uuids(fingerprints.subarray(first * UUID_BYTES, end * UUID_BYTES))
    if (found) writer.texts(Array.from({ length: end - first }, (_, position) => codes.get(first + position) ?? ''))
    else writer.absent()
    writer.bytes(sealed.subarray(ends[page - 1] ?? 0, ends[page]))
    first = end
  }
  return writer.finish()
}
