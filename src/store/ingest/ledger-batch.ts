import type { Issue } from '../../quality/issue.ts'

/** What a batch of rows became, ready to be written; the outcome `duplicate` is found while writing. */
export interface LedgerRow {
  readonly rowNo: number
  readonly line: number
  readonly outcome: 'accepted' | 'quarantined' | 'rejected'
  /** uuid; the record the row describes, or its event's actor. Null when nobody could be told. */
  readonly recordId: string | null
  /** uuid; the same for repeats. */
  readonly fingerprint: string
  readonly issues: readonly Issue[]
}

/** Whose id a row bears when nobody could be told. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The rows of a batch by columns, in the order of the file, and what is sealed of them. */
export interface LedgerColumns {
  readonly rowNos: Int32Array
  readonly lines: Int32Array
  /** UUIDs (`uuid-column`); `NOBODY` where nobody could be told. */
  readonly recordIds: Uint8Array
  readonly fingerprints: Uint8Array
  /** Only of rows that have any, by position. */
  readonly issues: readonly (readonly [number, readonly Issue[]])[]
  /** Rows of each page. */
  readonly pageRows: Int32Array
  /** All envelopes, the pages' first, in one piece, and where each ends. */
  readonly sealed: Uint8Array
  readonly ends: Int32Array
}

/** A version of a record: what one accepted row says about somebody. */
export interface RecordVersion {
  readonly recordId: string
  readonly fingerprint: string
  /** Milliseconds since 1970, if the source tells. */
  readonly updatedAtMs: number | null
  /** Where in the ledger the row is. */
  readonly place: number
}

/** Somebody an event or order speaks of; sealed description with it. */
export interface ActorRow {
  readonly recordId: string
  readonly stream: string
  readonly sealed: Buffer
}

/** What happened, by columns: a place for each row of a batch. */
export interface EventColumns {
  /** Milliseconds since 1970; NaN in rows that tell of no event. */
  readonly occurredAtMs: Float64Array
  /** Positions in `words`; -1 where nothing is told. */
  readonly kinds: Int32Array
  readonly names: Int32Array
  readonly currencies: Int32Array
  /** 1 where a program sent it that nobody looks through. */
  readonly bots: Uint8Array
  /** UUIDs (`uuid-column`); `NOBODY` where none is named. */
  readonly campaigns: Uint8Array
  /** UUIDs (`uuid-column`); `NOBODY` outside orders. */
  readonly orderKeys: Uint8Array
  /** NaN where nothing is told, as are amounts. */
  readonly quantities: Float64Array
  readonly amounts: Float64Array
  readonly words: readonly string[]
  /** JSON of what an event tells besides, only of rows that tell any, by position, ascending. */
  readonly properties: readonly (readonly [number, string])[]
}
