import type { JSONValue } from 'postgres'
import { OnefoldError } from '../../errors.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import type { ReadCheckpoint, RowBatch } from '../../record/parsed-row.ts'
import { detectFileFormat } from '../../source/detect-file-format.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { readRows } from '../../source/read-rows.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inLease } from '../../store/in-transaction.ts'
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
import { type AdmittedRow, admitRow } from './admit-row.ts'
import { appendBatch } from './append-batch.ts'
import { composeDeliveryPlan } from './compose-delivery-plan.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import type { Reading } from './reading.ts'

/** Rows a transaction: large enough that round trips vanish, small enough to be lost without regret. */
const BATCH_ROWS = 5_000

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
  const batches = readRows(path, {
    format,
    batchRows: BATCH_ROWS,
    ...(chunk.checkpoint === null ? {} : { checkpoint: chunk.checkpoint as unknown as ReadCheckpoint }),
    signal,
    onNotice: (notice) => notices.push(notice),
  })
  let plan: DeliveryPlan | undefined
  // Judging the next batch overlaps with writing the one before; more would only hold more memory.
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const batch of stopQuietly(batches, signal)) {
      if (plan === undefined) await saveFormat(context.store.sql, delivery.deliveryId, { ...(await detectFileFormat(path, format)) })
      const current: DeliveryPlan =
        plan?.columns === batch.columns ? plan : composeDeliveryPlan(delivery, batch.columns)
      plan = current
      const admitted = batch.rows.map((row) => admitRow(context, current, row))
      await writing
      throwIfStopped(signal)
      writing = writeBatch(context, chunk, current, batch, admitted)
      // A failure is met at the next await; until then it must not count as unhandled.
      writing.catch(() => {})
    }
    await writing
    throwIfStopped(signal)
  } catch (failure) {
    await writing.catch(() => {})
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
  batch: RowBatch,
  admitted: readonly AdmittedRow[],
): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const counts = await appendBatch(context, tx, plan, admitted)
    await addQualityResults(tx, chunk.runId, plan.source, admitted.length, admitted.flatMap((row) => row.ledger.issues))
    await saveCheckpoint(tx, chunk, batch.checkpoint as unknown as JSONValue, counts)
    await appendAudit(tx, {
      actor: context.actor,
      action: 'ledger.appended',
      subject: plan.deliveryId,
      details: { upToRow: batch.checkpoint.rowNo, ...counts },
    })
  })
}

/** An aborted read ends the loop instead of failing it: the caller looks at the signal afterwards. */
async function* stopQuietly(batches: AsyncGenerator<RowBatch>, signal: AbortSignal): AsyncGenerator<RowBatch> {
  try {
    yield* batches
  } catch (failure) {
    if (!(signal.aborted && !(failure instanceof OnefoldError))) throw failure
  }
}
