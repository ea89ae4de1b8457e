import { OnefoldError } from '../../errors.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { detectFileFormat } from '../../source/detect-file-format.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import type { FileInMemory } from '../../source/readable-bytes.ts'
import { anchorAudit } from '../../store/audit/anchor-audit.ts'
import type { AuditNote } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { planForAny } from '../../store/plan-for-any.ts'
import { countDeliveries } from '../../store/ingest/count-deliveries.ts'
import { completeDelivery } from '../../store/ingest/complete-delivery.ts'
import { insertDelivery } from '../../store/ingest/insert-delivery.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import { closePass } from '../../store/run/close-pass.ts'
import { holdPath } from '../../store/run/hold-path.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { admitBatches } from '../ingest/admit-batches.ts'
import type { AdmittedBatch } from '../ingest/admitted-batch.ts'
import { appendArrival } from '../ingest/append-arrival.ts'
import { deriveNaming } from '../ingest/derive-naming.ts'
import type { BatchCounts } from '../ingest/decide-rows.ts'
import type { Reading } from '../ingest/reading.ts'
import { resolveDue } from './resolve-due.ts'

/** How a pass ended. */
export interface TakenIn {
  readonly runId: string
  /** Where the rows ended, and what followed from them. */
  readonly counts: Readonly<Record<string, number>>
  /** Whether all that was due is resolved and published; otherwise a walk has it to do. */
  readonly isResolved: boolean
}

export interface ArrivalOptions {
  /** What numbers refer to; when the pass began by default. */
  readonly asOf?: Date
  /** Names the file as it is now, so that it is not handed in again; one of its own by default. */
  readonly mark?: string
}

/**
 * Takes a small file in as it arrives, resolves it against everything known and publishes the profiles it touches, in
 * one transaction: whenever the process dies, all of it is there or nothing (P1), and handing it in again counts once
 * (P3). While a walk is on the path, or more is due than a pass should do, the rows are taken in and left to the walk.
 * Throws whatever reading and judging throw, and `arrival.taken_in` (conflict) for a mark that is known; then nothing was
 * taken in.
 */
export async function takeInNow(
  context: Context,
  source: string,
  reading: Reading,
  input: FileInMemory,
  { asOf, mark }: ArrivalOptions = {},
): Promise<TakenIn> {
  const [runId, deliveryId] = [context.newId(), context.newId()]
  const format = await detectFileFormat(input, reading.format as FormatSettings)
  const delivery: Delivery<Reading> = {
    deliveryId,
    source,
    sealedPath: sealEnvelope(context.keyring, Buffer.from(input.name), `deliveries:${deliveryId}`, context.random),
    reading: { ...reading, format },
  }
  const notices: { code: string; detail: string }[] = []
  const batches: AdmittedBatch[] = []
  const { keyring, random } = context
  const signal = new AbortController().signal
  const onNotice = (notice: (typeof notices)[number]): unknown => notices.push(notice)
  for await (const batch of admitBatches({ keyring, random, delivery, input, checkpoint: null, signal, onNotice }))
    batches.push(batch)
  const { taken, root } = await inTransaction(context.store.sql, async (tx) => {
    const admit = async (): Promise<BatchCounts> => {
      // Others may have handed it in while this waited for the path.
      if (mark !== undefined && (await countDeliveries(tx, mark)) > 1) {
        throw new OnefoldError('conflict', 'arrival.taken_in', 'The file was handed in already, as it is now.', {
          hint: 'Nothing is to be done.',
        })
      }
      return appendArrival(context, tx, runId, delivery, batches)
    }
    // What does not need each other's answer is sent together here and below, and done in this order: a pause costs as much
    // as a statement.
    const [, startedAt, , received] = await Promise.all([
      planForAny(tx),
      holdPath(tx, runId, source),
      insertDelivery(
        tx,
        runId,
        { ...delivery, naming: deriveNaming(reading) },
        { mark: mark ?? hashToUuid(keyring.fingerprint, 'arrival', deliveryId), bytes: input.bytes.length },
      ),
      admit(),
    ])
    const columns = batches.at(-1)?.columns ?? []
    const [, resolved] = await Promise.all([
      completeDelivery(tx, deliveryId, columns, notices),
      startedAt === undefined
        ? undefined
        : resolveDue(context, tx, runId, { asOf: asOf ?? startedAt, isLive: asOf === undefined }),
    ])
    const counts = { ...received, ...resolved?.counts }
    const closing = closePass(tx, { runId, source, deliveryId, received, counts })
    const { actor } = context
    const note = (action: string, subject: string, details: AuditNote['details']): AuditNote => ({
      actor,
      action,
      subject,
      details,
    })
    const [, anchored] = await Promise.all([
      closing,
      anchorAudit(
        tx,
        note('run.opened', runId, { kind: 'ingest', source }),
        note('ledger.appended', deliveryId, received),
        note('delivery.completed', deliveryId, { source, runId }),
        ...(resolved?.notes ?? []),
        note('run.done', runId, { kind: 'ingest' }),
      ),
    ])
    return { taken: { runId, counts, isResolved: resolved !== undefined }, root: anchored }
  })
  // It is there: whoever handed it in must not be told that it is not.
  await context.keepAnchor(root).catch(() => context.log.warn({ runId }, 'a root of the audit log was not kept'))
  return taken
}
