import type { Issue } from '../../quality/issue.ts'
import type { ReadCheckpoint } from '../../record/parsed-row.ts'
import type { ToldRow } from './admit-row.ts'
import type { SpelledNames } from './spell-names.ts'

/**
 * Rows judged and sealed, by columns: cheap to gather and to hand from one thread to another, which a graph of
 * thousands of objects is not. `unpackBatch` gives the rows.
 */
export interface PackedBatch {
  readonly columns: readonly string[]
  /** Where the next batch starts. */
  readonly checkpoint: ReadCheckpoint
  readonly rowNos: Int32Array
  readonly lines: Int32Array
  /** Positions in `OUTCOMES`. */
  readonly outcomes: Uint8Array
  readonly said: SpelledNames
  /** Joined by commas; empty where they are the fingerprints. */
  readonly contents: string
  /** All envelopes, pages then held rows, in one piece, and where each ends. */
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly ends: Int32Array
  /** Rows of each page. */
  readonly pageRows: Int32Array
  /** Row numbers of the held ones. */
  readonly heldRows: Int32Array
  /** NaN where the source does not tell. */
  readonly updatedAtMs: Float64Array
  /** Only of rows that have any, by position. */
  readonly issues: readonly (readonly [number, readonly Issue[]])[]
  /** Only of rows that name a device or tell of an event, by position. */
  readonly told: readonly (readonly [number, ToldRow])[]
}

export const OUTCOMES = ['accepted', 'quarantined', 'rejected'] as const
