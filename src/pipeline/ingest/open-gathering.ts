import type { Issue } from '../../quality/issue.ts'
import { openPageWriter } from '../../privacy/pack-page.ts'
import { packSealed } from '../../privacy/pack-sealed.ts'
import { MIN_ENVELOPE_BYTES } from '../../privacy/envelope-layout.ts'
import { sealEnvelope, sealInto } from '../../privacy/seal-envelope.ts'
import { OUTCOMES } from '../../store/ingest/list-pages.ts'
import { openRepeatFinder, UUID_BYTES, writeId } from '../../store/uuid-column.ts'
import { namePage, nameRow } from '../name-place.ts'
import type { JudgedRow } from './admit-row.ts'
import {
  type AdmittedBatch,
  type Admission,
  BATCH_ROWS,
  PAGE_BYTES,
  PAGE_ROWS,
  STEP_ROWS,
  type ToldActor,
} from './admitted-batch.ts'
import { openEventColumns } from './open-event-columns.ts'

const MOST_ROWS = BATCH_ROWS + STEP_ROWS
const FIRST_BYTES = 1024 * 1024

/** Judged rows on their way into a batch. */
export interface Gathering {
  add(row: JudgedRow, raw: Uint8Array): void
  /** The batch; the next row begins another one. */
  finish(): Omit<AdmittedBatch, 'columns' | 'checkpoint'>
}

/**
 * Opens a gathering of judged rows into the columns and pages of batches, one after another, sealing each page as it
 * fills. A row to be held also gets an envelope of its own, which can be sealed anew when it is corrected. Nothing of a
 * row is kept as an object: the garbage collector would copy thousands of them again and again.
 */
export function openGathering({
  keyring,
  random,
  delivery: { deliveryId, reading },
  input,
}: Pick<Admission, 'keyring' | 'random' | 'delivery' | 'input'>): Gathering {
  // A row has a byte and its end at least; a file on disk may be compressed.
  const capacity = typeof input === 'string' ? MOST_ROWS : Math.min(MOST_ROWS, 1 + (input.bytes.length >> 1))
  const rowNos = new Int32Array(capacity)
  const lines = new Int32Array(capacity)
  const outcomes = new Uint8Array(capacity)
  const updatedAtMs = new Float64Array(capacity)
  const recordIds = new Uint8Array(capacity * UUID_BYTES)
  const fingerprints = new Uint8Array(capacity * UUID_BYTES)
  const contents = new Uint8Array(capacity * UUID_BYTES)
  const saidBefore = openRepeatFinder(fingerprints, capacity)
  const toldOfBefore = openRepeatFinder(recordIds, capacity)
  const events = reading.kind === 'people' ? undefined : openEventColumns(capacity)
  const writer = openPageWriter()
  let issues: [number, readonly Issue[]][] = []
  let actors: ToldActor[] = []
  let pageRows: number[] = []
  let heldRows: number[] = []
  let repeats: number[] = []
  /** Envelopes of pages lie one after another; those of held rows, which are few, are put behind them in the end. */
  let sealed = Buffer.allocUnsafe(typeof input === 'string' ? FIRST_BYTES : 4096)
  let ends: number[] = []
  let held: Buffer[] = []
  let rows = 0
  let namedByMessage = false
  let sharesRecords = false

  function closePage(): void {
    const first = rowNos[rows - writer.rows] as number
    pageRows.push(writer.rows)
    const page = writer.take()
    const start = ends.at(-1) ?? 0
    const most = start + page.length + MIN_ENVELOPE_BYTES
    if (most > sealed.length) sealed = Buffer.concat([sealed.subarray(0, start)], Math.max(most, sealed.length * 2))
    ends.push(sealInto(sealed, start, keyring, page, namePage(deliveryId, first), random))
  }

  function noteRepeat({ recordId, event }: JudgedRow): void {
    const isRepeat = saidBefore.findFirst(rows) !== rows
    if (isRepeat) repeats.push(rows)
    if (recordId === undefined || (isRepeat && event === undefined)) return
    if (toldOfBefore.findFirst(rows) !== rows) sharesRecords = true
    else if (event !== undefined) actors.push({ row: rows, device: event.device, description: event.description })
  }

  return {
    add(row, raw) {
      const { outcome, recordId, fingerprint, content, description } = row
      rowNos[rows] = row.rowNo
      lines[rows] = row.line
      outcomes[rows] = OUTCOMES.indexOf(outcome)
      updatedAtMs[rows] = row.updatedAtMs
      events?.set(rows, row.event)
      if (recordId !== undefined) writeId(recordIds, rows, recordId)
      writeId(fingerprints, rows, fingerprint)
      writeId(contents, rows, content)
      if (content !== fingerprint) namedByMessage = true
      if (outcome === 'accepted') noteRepeat(row)
      if (row.issues.length > 0) issues.push([rows, row.issues])
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
      const batch = {
        rowNos: rowNos.slice(0, rows),
        lines: lines.slice(0, rows),
        outcomes: outcomes.slice(0, rows),
        updatedAtMs: updatedAtMs.slice(0, rows),
        recordIds: recordIds.slice(0, rows * UUID_BYTES),
        fingerprints: said,
        contents: namedByMessage ? contents.slice(0, rows * UUID_BYTES) : said,
        repeats: Int32Array.from(repeats),
        sharesRecords,
        namedByMessage,
        ...joinEnvelopes(sealed.subarray(0, ends.at(-1) ?? 0), ends, held),
        pageRows: Int32Array.from(pageRows),
        heldRows: Int32Array.from(heldRows),
        issues,
        events: events?.take(rows),
        actors,
      }
      startAfresh()
      return batch
    },
  }

  function startAfresh(): void {
    recordIds.fill(0, 0, rows * UUID_BYTES)
    saidBefore.clear()
    toldOfBefore.clear()
    issues = []
    actors = []
    pageRows = []
    heldRows = []
    repeats = []
    ends = []
    held = []
    rows = 0
    namedByMessage = false
    sharesRecords = false
  }
}

function joinEnvelopes(
  pages: Uint8Array,
  pageEnds: readonly number[],
  held: readonly Uint8Array[],
): Pick<AdmittedBatch, 'sealed' | 'ends'> {
  const ends = Int32Array.from([...pageEnds, ...held.map(() => 0)])
  let end = pages.length
  for (const [index, envelope] of held.entries()) ends[pageEnds.length + index] = end += envelope.length
  const sealed = new Uint8Array(end)
  sealed.set(pages)
  for (const [index, envelope] of held.entries()) sealed.set(envelope, ends[pageEnds.length + index]! - envelope.length)
  return { sealed, ends }
}
