import type { Buffer } from 'node:buffer'
import type { RowDefect } from '../record/parsed-row.ts'

/** Where one row is in the input, before its cells are read. */
export interface RowSlice {
  /** The row's bytes, without its line end or separator; only the first ones when it is too large. */
  readonly raw: Buffer
  /** Decoded; empty when `flaw` is fatal. */
  readonly text: string
  /** 1-based line where the row starts. */
  readonly line: number
  /** Whether `text` holds a quote. Always false outside CSV. */
  readonly quoted: boolean
  readonly validEncoding: boolean
  readonly mayHoldNul: boolean
  /** Why the row could not be cut out properly. */
  readonly flaw: RowDefect | undefined
  /** Offset in the input and line of what follows the row. */
  readonly nextByte: number
  readonly nextLine: number
}

/** Cuts an input into rows. `next` answers undefined when it needs another piece, or after `finish` when all is cut. */
export interface RowSplitter {
  push(piece: Buffer): void
  finish(): void
  next(): RowSlice | undefined
}
