import type { LedgerRow } from '../../store/ingest/ledger-batch.ts'
import { NOBODY } from '../../store/ingest/encode-pages.ts'

/** What rows are called, as the texts of two arrays for the store: all zeros where nobody could be told. */
export interface SpelledNames {
  readonly recordIds: string
  readonly fingerprints: string
}

/** Spells the names of rows once, for all that ask the store about them. */
export function spellNames(
  rows: readonly { readonly ledger: Pick<LedgerRow, 'recordId' | 'fingerprint'> }[],
): SpelledNames {
  return {
    recordIds: `{${rows.map(({ ledger }) => ledger.recordId ?? NOBODY).join(',')}}`,
    fingerprints: `{${rows.map(({ ledger }) => ledger.fingerprint).join(',')}}`,
  }
}
