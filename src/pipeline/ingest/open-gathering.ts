import { openPageWriter } from '../../privacy/pack-page.ts'
import { packSealed } from '../../privacy/pack-sealed.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import type { SealedPage } from '../../store/ingest/append-pages.ts'
import { namePage, nameRow } from '../name-place.ts'
import type { AdmittedRow, JudgedRow } from './admit-row.ts'
import { type Admission, type AdmittedBatch, BATCH_BYTES, BATCH_ROWS, PAGE_BYTES, PAGE_ROWS } from './admitted-batch.ts'

/** Judged rows on their way into a batch. */
export interface Gathering {
  add(row: JudgedRow, raw: Uint8Array): void
  isFull(): boolean
  finish(): Pick<AdmittedBatch, 'rows' | 'pages' | 'held'>
}

/**
 * Gathers judged rows into pages, sealing each as it fills. A row to be held also gets an envelope of its own, which
 * can be sealed anew when it is corrected. What a row says is gone from memory once it is added.
 */
export function openGathering({
  keyring,
  random,
  delivery: { deliveryId },
}: Pick<Admission, 'keyring' | 'random' | 'delivery'>): Gathering {
  const rows: AdmittedRow[] = []
  const pages: SealedPage[] = []
  const held = new Map<number, Buffer>()
  const writer = openPageWriter()
  let bytes = 0
  const closePage = (): void => {
    const count = writer.rows
    const first = rows[rows.length - count]?.ledger.rowNo ?? 0
    const sealed = sealEnvelope(keyring, writer.take(), namePage(deliveryId, first), random)
    pages.push({ rows: count, sealed })
    bytes += sealed.length
  }
  return {
    add({ ledger, told, content, description }, raw) {
      rows.push({ ledger, told, content })
      writer.add(raw, description)
      if (ledger.outcome === 'quarantined') {
        const place = nameRow(deliveryId, ledger.rowNo)
        held.set(ledger.rowNo, sealEnvelope(keyring, packSealed(raw, description), place, random))
      }
      if (writer.rows >= PAGE_ROWS || writer.bytes >= PAGE_BYTES) closePage()
    },
    isFull: () => rows.length >= BATCH_ROWS || bytes >= BATCH_BYTES,
    finish() {
      if (writer.rows > 0) closePage()
      return { rows, pages, held }
    },
  }
}
