import type { LedgerColumns } from './ledger-batch.ts'

/** Outcomes of ledger rows by their number in a batch; the last is found while writing. */
export const OUTCOMES = ['accepted', 'quarantined', 'rejected', 'duplicate'] as const

/** By number. */
const LETTERS = 'aqrd'

/** A page of the ledger on its way into it. */
export interface LedgerPage {
  /** Positions of its rows in the batch, from the first until before the end. */
  readonly first: number
  readonly end: number
  /** A letter a row. */
  readonly outcomes: string
  /** Codes of each row's findings, separated by blanks; undefined when no row has any. */
  readonly issues: readonly string[] | undefined
  readonly sealed: Uint8Array
}

/** The pages of a batch, one after another. `outcomes` are those in which the rows ended, by number. */
export function* listPages(batch: LedgerColumns, outcomes: Uint8Array): Generator<LedgerPage> {
  const { pageRows, sealed, ends } = batch
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
    yield {
      ...{ first, end, outcomes: letters, sealed: sealed.subarray(ends[page - 1] ?? 0, ends[page]) },
      issues: found ? Array.from({ length: end - first }, (_, at) => codes.get(first + at) ?? '') : undefined,
    }
    first = end
  }
}
