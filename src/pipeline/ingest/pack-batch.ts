import type { Issue } from '../../quality/issue.ts'
import type { ReadCheckpoint } from '../../record/parsed-row.ts'
import type { ToldRow } from './admit-row.ts'
import type { AdmittedBatch } from './admitted-batch.ts'

/** A batch by columns, cheap to hand from one thread to another: a graph of thousands of objects is not. */
export interface PackedBatch {
  readonly columns: readonly string[]
  readonly checkpoint: ReadCheckpoint
  readonly rowNos: Int32Array
  readonly lines: Int32Array
  /** Positions in `OUTCOMES`. */
  readonly outcomes: Uint8Array
  /** Joined by commas; empty for none, which is where nobody could be told. */
  readonly recordIds: string
  readonly fingerprints: string
  readonly contents: string
  /** All envelopes in one piece, pages then held rows, and where each ends. */
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

/** Packs a batch for another thread; `unpackBatch` gives the same rows back. An empty batch packs into empty columns. */
export function packBatch({ columns, checkpoint, rows, pages, held }: AdmittedBatch): PackedBatch {
  const envelopes = [...pages.map((page) => page.sealed), ...held.values()]
  let size = 0
  const ends = Int32Array.from(envelopes, (envelope) => (size += envelope.length))
  const sealed = new Uint8Array(size)
  for (const [index, envelope] of envelopes.entries()) sealed.set(envelope, (ends[index] ?? 0) - envelope.length)
  const issues: [number, readonly Issue[]][] = []
  const told: [number, ToldRow][] = []
  for (const [index, row] of rows.entries()) {
    if (row.ledger.issues.length > 0) issues.push([index, row.ledger.issues])
    if (row.told?.device !== undefined || row.told?.event !== undefined) told.push([index, row.told])
  }
  return {
    columns,
    checkpoint,
    rowNos: Int32Array.from(rows, ({ ledger }) => ledger.rowNo),
    lines: Int32Array.from(rows, ({ ledger }) => ledger.line),
    outcomes: Uint8Array.from(rows, ({ ledger }) => OUTCOMES.indexOf(ledger.outcome)),
    recordIds: rows.map(({ ledger }) => ledger.recordId ?? '').join(','),
    fingerprints: rows.map(({ ledger }) => ledger.fingerprint).join(','),
    contents: rows.map(({ content }) => content).join(','),
    sealed,
    ends,
    pageRows: Int32Array.from(pages, (page) => page.rows),
    heldRows: Int32Array.from(held.keys()),
    updatedAtMs: Float64Array.from(rows, (row) => row.told?.updatedAtMs ?? Number.NaN),
    issues,
    told,
  }
}
