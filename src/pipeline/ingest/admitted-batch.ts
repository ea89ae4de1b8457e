import type { Keyring, RandomSource } from '../../privacy/keyring.ts'
import type { ReadCheckpoint } from '../../record/parsed-row.ts'
import type { FileNotice } from '../../source/read-options.ts'
import type { FileInMemory } from '../../source/readable-bytes.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import type { EventColumns, LedgerColumns } from '../../store/ingest/ledger-batch.ts'
import type { ToldEvent } from './admit-row.ts'
import type { Reading } from './reading.ts'

/** Rows a transaction: large enough that round trips vanish, small enough to be lost without regret. */
export const BATCH_ROWS = 5_000
/** Bytes as received; what is understood of them is at most as much again. */
export const BATCH_BYTES = 8 * 1024 * 1024
/**
 * Rows judged without a pause: so few that their cells and words are gone before the next garbage collection, which
 * otherwise copies them and costs a third of the time, and that nobody waits long for the event loop.
 */
export const STEP_ROWS = 250
/**
 * Rows that share an envelope: enough that sealing and storing one costs next to nothing, few enough that opening a
 * single row stays cheap.
 */
export const PAGE_ROWS = 32
export const PAGE_BYTES = 16 * 1024
/**
 * Rows judged and sealed, in the order of the file, ready to be written in one transaction. By columns: cheap to gather
 * and to hand from one thread to another, which a graph of thousands of objects is not. `openRows` gives the rows.
 */
export interface AdmittedBatch extends LedgerColumns {
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly columns: readonly string[]
  /** Where the next batch starts. */
  readonly checkpoint: ReadCheckpoint
  /** Numbers of `OUTCOMES`. */
  readonly outcomes: Uint8Array
  /** Hashes of the rows' content, before repeats are told apart; UUIDs. */
  readonly contents: Uint8Array
  /** Positions of good rows whose fingerprint an earlier good row of the batch bears. */
  readonly repeats: Int32Array
  /** Whether two good rows of the batch speak of one record. */
  readonly sharesRecords: boolean
  /** Positions of the rows to be held; their envelopes follow those of the pages. */
  readonly heldRows: Int32Array
  /** NaN where the source does not tell. */
  readonly updatedAtMs: Float64Array
  /** Whether a fingerprint is that of a message id, which rows of differing content may share. */
  readonly namedByMessage: boolean
  /** Undefined in sources of people. */
  readonly events: EventColumns | undefined
  /** Whoever the good rows with an event speak of, each once. */
  readonly actors: readonly ToldActor[]
}

/** Somebody whom events speak of, as the row at a position tells. */
export interface ToldActor extends Pick<ToldEvent, 'device' | 'description'> {
  readonly row: number
}

/** What judging a delivery needs; nothing of it reaches the database. */
export interface Admission {
  readonly keyring: Keyring
  readonly random: RandomSource
  readonly delivery: Delivery<Reading>
  readonly input: string | FileInMemory
  readonly checkpoint: ReadCheckpoint | null
  readonly signal: AbortSignal
  readonly onNotice: (notice: FileNotice) => void
}
