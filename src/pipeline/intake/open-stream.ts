import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { anchorAudit } from '../../store/audit/anchor-audit.ts'
import { appendAudit, type AuditNote } from '../../store/audit/append-audit.ts'
import { extendDelivery } from '../../store/ingest/extend-delivery.ts'
import { insertDelivery } from '../../store/ingest/insert-delivery.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { closePass } from '../../store/run/close-pass.ts'
import { holdPath, releasePath } from '../../store/run/hold-path.ts'
import type { SourceSettings } from '../../config/settings.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { admitBatches } from '../ingest/admit-batches.ts'
import type { AdmittedBatch } from '../ingest/admitted-batch.ts'
import { appendArrival } from '../ingest/append-arrival.ts'
import { deriveNaming } from '../ingest/derive-naming.ts'
import type { BatchCounts } from '../ingest/decide-rows.ts'
import type { Reading } from '../ingest/reading.ts'
import { resolveDue } from '../now/resolve-due.ts'
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
   * Writes lines of JSON to the ledger; all of them are there when it returns, none when it throws. Of a source that is
   * resolved `now` also what follows from them is published by then, unless a walk has it to do (`resolveDue`).
   */
  append(lines: readonly Uint8Array[]): Promise<BatchCounts>
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
  let written = {
    ...{ rows: 0, bytes: 0, columns: [] as readonly string[] },
    ...{ received: {} as BatchCounts, counts: {} as Readonly<Record<string, number>> },
  }
  const beginDelivery = (tx: Tx, bytes: number): Promise<void> => {
    const mark = hashToUuid(keyring.fingerprint, 'arrival', deliveryId)
    return insertDelivery(tx, runId, { ...delivery, naming: deriveNaming(delivery.reading) }, { mark, bytes })
  }
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
      const passId = settings.resolve === 'now' ? context.newId() : undefined
      const { received, grown, root } = await inTransaction(context.store.sql, async (tx) => {
        // Sent together here and below, and done in this order: a pause costs as much as a statement.
        const [, heldAt, , received] = await Promise.all([
          planForAny(tx),
          passId === undefined ? undefined : holdPath(tx, passId, source),
          isNew ? beginDelivery(tx, bytes.length) : undefined,
          appendArrival(context, tx, runId, delivery, batches),
        ])
        const resolved =
          heldAt === undefined ? undefined : await resolveDue(context, tx, runId, { asOf: heldAt, isLive: true })
        const total = addCounts(written.counts, { ...received, ...resolved?.counts })
        const note = (action: string, subject: string, details: AuditNote['details']): AuditNote => ({
          ...{ actor, action, subject, details },
        })
        const notes = [
          ...(isNew ? [note('run.opened', runId, { kind: 'ingest', source })] : []),
          note('ledger.appended', deliveryId, received),
          ...(resolved?.notes ?? []),
        ]
        const [, , , anchored] = await Promise.all([
          extendDelivery(tx, deliveryId, {
            bytes: written.bytes + bytes.length,
            columns: batches.at(-1)?.columns ?? written.columns,
          }),
          passId === undefined ? undefined : releasePath(tx, passId),
          closePass(tx, { runId, source, deliveryId, received: addCounts(written.received, received), counts: total }),
          isNew ? anchorAudit(tx, ...notes) : appendAudit(tx, ...notes),
        ])
        return { received, grown: total, root: anchored ?? undefined }
      })
      written = {
        rows: batches.at(-1)?.checkpoint.rowNo ?? written.rows,
        bytes: written.bytes + bytes.length,
        columns: batches.at(-1)?.columns ?? written.columns,
        received: addCounts(written.received, received),
        counts: grown,
      }
      // It is written: whoever sent it must not be told that it is not.
      if (root !== undefined) {
        await context.keepAnchor(root).catch(() => context.log.warn({ runId }, 'a root of the audit log was not kept'))
      }
      return received
    },
  }
}

/** Counts of either, added up; what one of them does not tell is what the other does. */
function addCounts<T extends Readonly<Record<string, number>>>(before: T, more: T): T {
  const sums = Object.entries(more).map(([name, count]) => [name, (before[name] ?? 0) + count] as const)
  return { ...before, ...Object.fromEntries(sums) }
}
