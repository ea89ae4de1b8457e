import type { Issue } from '../../quality/issue.ts'
import { openPageWriter } from '../../privacy/pack-page.ts'
import { packSealed } from '../../privacy/pack-sealed.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { NOBODY } from '../../store/ingest/encode-pages.ts'
import { namePage, nameRow } from '../name-place.ts'
import type { JudgedRow, ToldRow } from './admit-row.ts'
import { type Admission, BATCH_ROWS, PAGE_BYTES, PAGE_ROWS, STEP_ROWS } from './admitted-batch.ts'
import { OUTCOMES, type PackedBatch } from './packed-batch.ts'

const CAPACITY = BATCH_ROWS + STEP_ROWS

/** Judged rows on their way into a batch. */
export interface Gathering {
  add(row: JudgedRow, raw: Uint8Array): void
  finish(): Omit<PackedBatch, 'columns' | 'checkpoint'>
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
  const issues: [number, readonly Issue[]][] = []
  const told: [number, ToldRow][] = []
  const pages: Buffer[] = []
  const pageRows: number[] = []
  const held: Buffer[] = []
  const heldRows: number[] = []
  const names: { recordIds: string[]; fingerprints: string[]; contents: string[] } = {
    recordIds: [],
    fingerprints: [],
    contents: [],
  }
  const writer = openPageWriter()
  let rows = 0
  let ownContents = false

  function closePage(): void {
    const first = rowNos[rows - writer.rows] as number
    pageRows.push(writer.rows)
    pages.push(sealEnvelope(keyring, writer.take(), namePage(deliveryId, first), random))
  }

  return {
    add({ ledger, told: said, content, description }, raw) {
      rowNos[rows] = ledger.rowNo
      lines[rows] = ledger.line
      outcomes[rows] = OUTCOMES.indexOf(ledger.outcome)
      updatedAtMs[rows] = said?.updatedAtMs ?? Number.NaN
      names.recordIds.push(ledger.recordId ?? NOBODY)
      names.fingerprints.push(ledger.fingerprint)
      names.contents.push(content)
      if (content !== ledger.fingerprint) ownContents = true
      if (ledger.issues.length > 0) issues.push([rows, ledger.issues])
      if (said?.device !== undefined || said?.event !== undefined) told.push([rows, said])
      rows++
      writer.add(raw, description)
      if (ledger.outcome === 'quarantined') {
        heldRows.push(ledger.rowNo)
        const place = nameRow(deliveryId, ledger.rowNo)
        held.push(sealEnvelope(keyring, packSealed(raw, description), place, random))
      }
      if (writer.rows >= PAGE_ROWS || writer.bytes >= PAGE_BYTES) closePage()
    },
    finish() {
      if (writer.rows > 0) closePage()
      const { sealed, ends } = joinEnvelopes([...pages, ...held])
      return {
        rowNos: rowNos.slice(0, rows),
        lines: lines.slice(0, rows),
        outcomes: outcomes.slice(0, rows),
        updatedAtMs: updatedAtMs.slice(0, rows),
        said: { recordIds: `{${names.recordIds.join(',')}}`, fingerprints: `{${names.fingerprints.join(',')}}` },
        contents: ownContents ? names.contents.join(',') : '',
        sealed,
        ends,
        pageRows: Int32Array.from(pageRows),
        heldRows: Int32Array.from(heldRows),
        issues,
        told,
      }
    },
  }
}

function joinEnvelopes(envelopes: readonly Buffer[]): Pick<PackedBatch, 'sealed' | 'ends'> {
  const ends = new Int32Array(envelopes.length)
  let size = 0
  for (const [index, envelope] of envelopes.entries()) ends[index] = size += envelope.length
  const sealed = new Uint8Array(size)
  for (const [index, envelope] of envelopes.entries()) sealed.set(envelope, (ends[index] as number) - envelope.length)
  return { sealed, ends }
}
