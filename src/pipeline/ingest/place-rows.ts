import { placeRow } from '../../store/place.ts'
import type { AdmittedBatch } from './admitted-batch.ts'

/** The places in the ledger of all rows of some pages, in order. */
export function placeRows(pages: AdmittedBatch['pages'], firstPage: number): number[] {
  return pages.flatMap(({ rows }, page) =>
    Array.from({ length: rows }, (_, position) => placeRow(firstPage + page, position)),
  )
}
