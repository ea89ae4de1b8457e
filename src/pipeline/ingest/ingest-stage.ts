import { stat } from 'node:fs/promises'
import type { JSONValue } from 'postgres'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import type { ReadCheckpoint } from '../../record/parsed-row.ts'
import { detectFileFormat } from '../../source/detect-file-format.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inLease } from '../../store/in-transaction.ts'
import { openCopyWriter } from '../../store/copy-writer.ts'
import { completeDelivery } from '../../store/ingest/complete-delivery.ts'
import { loadDelivery } from '../../store/ingest/load-delivery.ts'
import { saveFormat } from '../../store/ingest/save-format.ts'
import { addQualityResults } from '../../store/quality/add-quality-results.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { saveCheckpoint } from '../../store/run/save-checkpoint.ts'
import type { Context } from '../context.ts'
import { throwIfStopped } from '../throw-if-stopped.ts'
import type { Stage } from '../stage.ts'
import { admitBatches } from './admit-batches.ts'
import { admitInThreads } from './admit-in-threads.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { appendBatch, type Intake } from './append-batch.ts'
import { composeDeliveryPlan } from './compose-delivery-plan.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { openSeenFilter } from './open-seen-filter.ts'
import type { Reading } from './reading.ts'

/**
 * From this size on the file is judged in threads of their own: some 20,000 rows, two seconds, of which starting the
 * thread and loading the code into it takes a quarter (Node 20.20, 2 shared cores, 2026).
 */
const THREAD_BYTES = 3 * 1024 * 1024

/** bytes → raw rows → normalized records → ledger. One chunk is one delivery, resumed at its last batch. */
export const ingestStage: Stage = {
  name: 'ingest',
  // Deliveries are planned by whoever opens the run: it knows the files.
  plan: async () => [],
  work: ingestDelivery,
}

async function ingestDelivery(context: Context, chunk: LeasedChunk, signal: AbortSignal): Promise<void> {
  const delivery = await loadDelivery<Reading>(context.store.sql, String(chunk.reference['deliveryId']))
  const path = openEnvelope(context.keyring, delivery.sealedPath, `deliveries:${delivery.deliveryId}`).toString('utf8')
  const format = delivery.reading.format as FormatSettings
  const notices: { code: string; detail: string }[] = []
  // A file that is not there is the reader's to tell.
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
  const admit = bytes >= THREAD_BYTES ? admitInThreads : admitBatches
  const batches = admit({
    keyring: context.keyring,
    random: context.random,
    delivery,
    input: path,
    checkpoint: chunk.checkpoint as ReadCheckpoint | null,
    signal,
    onNotice: (notice) => notices.push(notice),
  })
  const intake: Intake = {
    // Read on from a checkpoint, the rows before it have passed no filter of ours.
    seen: chunk.checkpoint === null ? openSeenFilter() : undefined,
    seenContents: chunk.checkpoint === null && delivery.reading.repeats === 'keep' ? openSeenFilter() : undefined,
    pageWriter: openCopyWriter(),
    recordWriter: openCopyWriter(),
  }
  let plan: DeliveryPlan | undefined
  // Judging the next batch overlaps with writing the one before; more would only hold more memory.
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const batch of batches) {
      if (plan === undefined)
        await saveFormat(context.store.sql, delivery.deliveryId, { ...(await detectFileFormat(path, format)) })
      if (plan?.columns.length !== batch.columns.length) plan = composeDeliveryPlan(delivery, batch.columns)
      await writing
      throwIfStopped(signal)
      writing = writeBatch(context, chunk, plan, batch, intake)
      // A failure is met at the next await; until then it must not count as unhandled.
      writing.catch(() => {})
    }
    await writing
    throwIfStopped(signal)
  } catch (failure) {
    // What was read before a fault of the file is good; if it cannot be written, that is what went wrong first.
    await writing
    throw failure
  }
  await inLease(context.store.sql, chunk, async (tx) => {
    await completeDelivery(tx, delivery.deliveryId, plan?.columns ?? [], notices)
    await finishChunk(tx, chunk, {})
    await appendAudit(tx, {
      actor: context.actor,
      action: 'delivery.completed',
      subject: delivery.deliveryId,
      details: { source: delivery.source, runId: chunk.runId },
    })
  })
}

async function writeBatch(
  context: Context,
  chunk: LeasedChunk,
  plan: DeliveryPlan,
  batch: AdmittedBatch,
  intake: Intake,
): Promise<void> {
  const { checkpoint } = batch
  await inLease(context.store.sql, chunk, async (tx) => {
    const counts = await appendBatch(context, tx, plan, batch, intake)
    await Promise.all([
      addQualityResults(tx, chunk.runId, plan.source, {
        deliveryId: plan.deliveryId,
        received: counts.received,
        findings: batch.issues.map(([row, issues]) => ({ line: batch.lines[row]!, issues })),
      }),
      saveCheckpoint(tx, chunk, checkpoint as unknown as JSONValue, counts),
    ])
    await appendAudit(tx, {
      actor: context.actor,
      action: 'ledger.appended',
      subject: plan.deliveryId,
      details: { upToRow: checkpoint.rowNo, ...counts },
    })
  })
}
