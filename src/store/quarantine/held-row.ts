import type { Issue } from '../../quality/issue.ts'

/** A row that is held for repair, by its place in the ledger. */
export interface HeldRowId {
  readonly deliveryId: string
  readonly rowNo: number
}

/** What can be said of a held row without opening it. */
export interface HeldRow extends HeldRowId {
  readonly source: string
  readonly state: 'open' | 'fixed' | 'replayed'
  readonly line: number
  readonly issues: readonly Issue[]
  readonly quarantinedAt: Date
}

/** A held row with what is needed to read it again. */
export interface SealedHeldRow extends HeldRow {
  /** The ledger's, as the row was when it was held. */
  readonly fingerprint: string
  /** In the ledger. */
  readonly place: number
  readonly sealed: Buffer
  readonly sealedFix: Buffer | null
}
