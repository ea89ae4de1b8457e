import type { Issue } from '../../quality/issue.ts'
import { openPageWriter } from '../../privacy/pack-page.ts'
import { packSealed } from '../../privacy/pack-sealed.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { OUTCOMES } from '../../store/ingest/encode-pages.ts'
import { UUID_BYTES, writeId } from '../../store/uuid-column.ts'
import { namePage, nameRow } from '../name-place.ts'
import type { JudgedRow, ToldRow } from './admit-row.ts'
import { type AdmittedBatch, type Admission, BATCH_ROWS, PAGE_BYTES, PAGE_ROWS, STEP_ROWS } from './admitted-batch.ts'

const CAPACITY = BATCH_ROWS + STEP_ROWS

/** Judged rows on their way into a batch. */
export interface Gathering {
  add(row: JudgedRow, raw: Uint8Array): void
  finish(): Omit<AdmittedBatch, 'columns' | 'checkpoint'>
}

/**
 * Gathers judged rows into the columns and pages of a batch, sealing each page as it fills. A row to be held also gets
 * an envelope of its own, which can be sealed anew when it is corrected. Nothing of a row is kept as an object: the
 * garbage collector would copy thousands of them again and again.
 */
export function openGathering({
  keyring,
  random,
  delivery: { deliveryId },
}: Pick<Admission, 'keyring' | 'random' | 'delivery'>): Gathering {
  const rowNos = new Int32Array(CAPACITY)
  const lines = new Int32Array(CAPACITY)
  const outcomes = new Uint8Array(CAPACITY)
  const updatedAtMs = new Float64Array(CAPACITY)
  const recordIds = new Uint8Array(CAPACITY * UUID_BYTES)
  const fingerprints = new Uint8Array(CAPACITY * UUID_BYTES)
  const contents = new Uint8Array(CAPACITY * UUID_BYTES)
  const issues: [number, readonly Issue[]][] = []
  const told: [number, ToldRow][] = []
  const pages: Buffer[] = []
  const pageRows: number[] = []
  const held: Buffer[] = []
  const heldRows: number[] = []
  const repeats: number[] = []
  const seenFingerprints = new Set<string>()
  const seenRecords = new Set<string>()
  const writer = openPageWriter()
  let rows = 0
  let ownContents = false
  let sharesRecords = false

  function closePage(): void {
    const first = rowNos[rows - writer.rows] as number
    pageRows.push(writer.rows)
    pages.push(sealEnvelope(keyring, writer.take(), namePage(deliveryId, first), random))
  }

  function noteRepeat({ fingerprint, recordId }: JudgedRow): void {
    if (isRepeat(seenFingerprints, fingerprint)) repeats.push(rows)
    else if (recordId !== undefined && isRepeat(seenRecords, recordId)) sharesRecords = true
  }

  return {
    add(row, raw) {
      const { outcome, recordId, fingerprint, content, description } = row
      rowNos[rows] = row.rowNo
      lines[rows] = row.line
      outcomes[rows] = OUTCOMES.indexOf(outcome)
      updatedAtMs[rows] = row.told?.updatedAtMs ?? Number.NaN
      if (recordId !== undefined) writeId(recordIds, rows, recordId)
      writeId(fingerprints, rows, fingerprint)
      writeId(contents, rows, content)
      if (content !== fingerprint) ownContents = true
      if (outcome === 'accepted') noteRepeat(row)
      if (row.issues.length > 0) issues.push([rows, row.issues])
      if (row.told?.device !== undefined || row.told?.event !== undefined) told.push([rows, row.told])
      writer.add(raw, description)
      if (outcome === 'quarantined') {
        heldRows.push(rows)
        held.push(sealEnvelope(keyring, packSealed(raw, description), nameRow(deliveryId, row.rowNo), random))
      }
      rows++
      if (writer.rows >= PAGE_ROWS || writer.bytes >= PAGE_BYTES) closePage()
    },
    finish() {
      if (writer.rows > 0) closePage()
      const said = fingerprints.slice(0, rows * UUID_BYTES)
      return {
        rowNos: rowNos.slice(0, rows),
        lines: lines.slice(0, rows),
        outcomes: outcomes.slice(0, rows),
        updatedAtMs: updatedAtMs.slice(0, rows),
        recordIds: recordIds.slice(0, rows * UUID_BYTES),
        fingerprints: said,
        contents: ownContents ? contents.slice(0, rows * UUID_BYTES) : said,
        repeats: Int32Array.from(repeats),
        sharesRecords,
        ...joinEnvelopes([...pages, ...held]),
        pageRows: Int32Array.from(pageRows),
        heldRows: Int32Array.from(heldRows),
        issues,
        told,
      }
    },
  }
}

function isRepeat(seen: Set<string>, id: string): boolean {
  const before = seen.size
  return seen.add(id).size === before
}

function joinEnvelopes(envelopes: readonly Buffer[]): Pick<AdmittedBatch, 'sealed' | 'ends'> {
  const ends = new Int32Array(envelopes.length)
  let size = 0
  for (const [index, envelope] of envelopes.entries()) ends[index] = size += envelope.length
  const sealed = new Uint8Array(size)
  for (const [index, envelope] of envelopes.entries()) sealed.set(envelope, (ends[index] as number) - envelope.length)
  return { sealed, ends }
}
