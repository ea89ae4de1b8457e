import type { LedgerOutcome } from '../../store/ingest/encode-pages.ts'
import type { AdmittedRow } from './admit-row.ts'

/** Where the rows of a batch ended: the five add up to `received`. */
export interface BatchCounts extends Record<string, number> {
  received: number
  accepted: number
  duplicate: number
  quarantined: number
  rejected: number
}

/** An accepted row with its place in the ledger. */
export interface PlacedRow extends Pick<AdmittedRow, 'ledger' | 'told'> {
  readonly place: number
}

export interface DecidedRows {
  /** Of each row. */
  readonly outcomes: readonly LedgerOutcome[]
  readonly accepted: readonly PlacedRow[]
  readonly counts: BatchCounts
}

/**
 * Decides in which outcome each row of a batch ends. A good row is a repeat when its fingerprint is known or came
 * before in the batch; a bad one when it is not among the `held`, since it is held from before or stands repaired.
 * `places` are those of the rows in the ledger.
 */
export function decideRows(
  rows: readonly AdmittedRow[],
  places: readonly number[],
  known: ReadonlySet<string>,
  held: ReadonlySet<number>,
): DecidedRows {
  const counts: BatchCounts = { received: rows.length, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  const accepted: PlacedRow[] = []
  const seen = new Set(known)
  const outcomes = rows.map(({ ledger, told }, index): LedgerOutcome => {
    let outcome: LedgerOutcome = ledger.outcome
    if (outcome === 'quarantined' && !held.has(ledger.rowNo)) outcome = 'duplicate'
    if (outcome === 'accepted') {
      const before = seen.size
      if (seen.add(ledger.fingerprint).size === before) outcome = 'duplicate'
      else accepted.push({ ledger, told, place: places[index] as number })
    }
    counts[outcome] = (counts[outcome] ?? 0) + 1
    return outcome
  })
  return { outcomes, accepted, counts }
}
