import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { anchorAudit } from '../../store/audit/anchor-audit.ts'
import { appendAudit, type AuditNote } from '../../store/audit/append-audit.ts'
import { extendDelivery } from '../../store/ingest/extend-delivery.ts'
import { insertDelivery } from '../../store/ingest/insert-delivery.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { closePass } from '../../store/run/close-pass.ts'
import { isNil, readUuid } from '../../store/uuid-column.ts'
import type { SourceSettings } from '../../config/settings.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { admitBatches } from '../ingest/admit-batches.ts'
import type { AdmittedBatch } from '../ingest/admitted-batch.ts'
import { appendArrival } from '../ingest/append-arrival.ts'
import { deriveNaming } from '../ingest/derive-naming.ts'
import type { BatchCounts } from '../ingest/decide-rows.ts'
import type { Reading } from '../ingest/reading.ts'
import { composeHttpReading } from './compose-http-reading.ts'
import { joinLines } from './join-lines.ts'

/** A stream goes on for so long: one delivery and one run an hour rather than one a request. */
const STREAM_MS = 3_600_000
/** Rows carry a cell for each column of their delivery; what needs more columns begins another. */
const STREAM_COLUMNS = 1_000

/** The rows that one server takes in from one source over HTTP, written as one delivery that grows. */
export interface Stream {
  /** Whether rows should go to a new one from now on. */
  isOver(now: Date): boolean
  /**
   * Writes lines of JSON to the ledger; all of them are there when it returns, none when it throws. Returns the actors of
   * events and orders; of people none is told.
   */
  append(lines: readonly Uint8Array[]): Promise<readonly string[]>
}

/**
 * Opens a stream; nothing is written before its first rows are. After a failure nobody knows what of it is there: go on
 * with another.
 */
export function openStream(context: Context, source: string, settings: SourceSettings): Stream {
  const { keyring, random, actor } = context
  const [runId, deliveryId] = [context.newId(), context.newId()]
  const openedAt = context.now().getTime()
  const delivery: Delivery<Reading> = {
    deliveryId,
    source,
    sealedPath: sealEnvelope(keyring, Buffer.from('http'), `deliveries:${deliveryId}`, random),
    // Nothing that it will take in happens after its end.
    reading: composeHttpReading(context, settings, new Date(openedAt + STREAM_MS)),
  }
  let written = { rows: 0, bytes: 0, columns: [] as readonly string[], counts: {} as BatchCounts }
  return {
    isOver: (now) => now.getTime() - openedAt >= STREAM_MS || written.columns.length > STREAM_COLUMNS,
    append: async (lines) => {
      const input = joinLines(lines)
      const { bytes } = input
      const checkpoint = { byteOffset: 0, rowNo: written.rows, line: written.rows + 1, columns: written.columns }
      const batches: AdmittedBatch[] = []
      const signal = new AbortController().signal
      const onNotice = (): void => {}
      for await (const batch of admitBatches({ keyring, random, delivery, input, checkpoint, signal, onNotice }))
        batches.push(batch)
      const isNew = written.rows === 0
      const { grown, root } = await inTransaction(context.store.sql, async (tx) => {
        const planning = planForAny(tx)
        if (isNew) {
          const mark = hashToUuid(keyring.fingerprint, 'arrival', deliveryId)
          await insertDelivery(
            tx,
            runId,
            { ...delivery, naming: deriveNaming(delivery.reading) },
            { mark, bytes: bytes.length },
          )
        }
        // Sent together here and below: a pause costs as much as a statement.
        const [, counts] = await Promise.all([planning, appendArrival(context, tx, runId, delivery, batches)])
        const total = addCounts(written.counts, counts)
        const note = (action: string, subject: string, details: AuditNote['details']): AuditNote => ({
          ...{ actor, action, subject, details },
        })
        const notes = [
          ...(isNew ? [note('run.opened', runId, { kind: 'ingest', source })] : []),
          note('ledger.appended', deliveryId, counts),
        ]
        const [, , anchored] = await Promise.all([
          extendDelivery(tx, deliveryId, {
            bytes: written.bytes + bytes.length,
            columns: batches.at(-1)?.columns ?? written.columns,
          }),
          closePass(tx, { runId, source, deliveryId, received: total, counts: total }),
          isNew ? anchorAudit(tx, ...notes) : appendAudit(tx, ...notes),
        ])
        return { grown: total, root: anchored ?? undefined }
      })
      written = {
        rows: batches.at(-1)?.checkpoint.rowNo ?? written.rows,
        bytes: written.bytes + bytes.length,
        columns: batches.at(-1)?.columns ?? written.columns,
        counts: grown,
      }
      // It is written: whoever sent it must not be told that it is not.
      if (root !== undefined) {
        await context.keepAnchor(root).catch(() => context.log.warn({ runId }, 'a root of the audit log was not kept'))
      }
      return batches.flatMap(listActors)
    },
  }
}

function listActors({ events, recordIds }: AdmittedBatch): string[] {
  const rows = events === undefined ? [] : Array.from(events.occurredAtMs.keys())
  return rows.filter((row) => !isNil(recordIds, row)).map((row) => readUuid(recordIds, row))
}

function addCounts(before: BatchCounts, more: BatchCounts): BatchCounts {
  return Object.fromEntries(
    Object.entries(more).map(([name, count]) => [name, (before[name] ?? 0) + count]),
  ) as unknown as BatchCounts
}
