import { openCopyWriter } from '../copy-writer.ts'
import type { LedgerRow } from './ledger-batch.ts'

/** A page of the ledger, sealed; its rows are the next ones of the batch. */
export interface SealedPage {
  readonly rows: number
  readonly sealed: Uint8Array
}

export type LedgerOutcome = LedgerRow['outcome'] | 'duplicate'

const LETTERS: Readonly<Record<LedgerOutcome, string>> = {
  accepted: 'a',
  duplicate: 'd',
  quarantined: 'q',
  rejected: 'r',
}

/** Whose id a row bears when nobody could be told. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Spells the pages of a batch for `copyPages`, numbered from `firstPage` on. `rows` are those of all pages in the order
 * of the file, each with the outcome it ended in.
 */
export function encodePages(
  deliveryId: string,
  firstPage: number,
  pages: readonly SealedPage[],
  rows: readonly LedgerRow[],
  outcomes: readonly LedgerOutcome[],
): Buffer {
  const size = pages.reduce((sum, page) => sum + page.sealed.length + 300 + page.rows * 60, 0)
  const writer = openCopyWriter(size)
  let first = 0
  for (const [index, page] of pages.entries()) {
    const onPage = rows.slice(first, first + page.rows)
    let letters = ''
    for (let row = first; row < first + page.rows; row++) letters += LETTERS[outcomes[row] as LedgerOutcome]
    writer.row(9)
    writer.bigint(firstPage + index)
    writer.uuid(deliveryId)
    writer.integer(onPage[0]?.rowNo ?? 0)
    writer.text(letters)
    writer.integers(onPage.map((row) => row.line))
    writer.uuids(onPage.map((row) => row.recordId ?? NOBODY))
    writer.uuids(onPage.map((row) => row.fingerprint))
    if (onPage.every((row) => row.issues.length === 0)) writer.absent()
    else writer.texts(onPage.map((row) => row.issues.map(({ code }) => code).join(' ')))
    writer.bytes(page.sealed)
    first += page.rows
  }
  return writer.finish()
}
