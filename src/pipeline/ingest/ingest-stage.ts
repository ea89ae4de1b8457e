import { setImmediate } from 'node:timers/promises'
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
const BATCH_ROWS = 10_000
const BATCH_BYTES = 16 * 1024 * 1024
/**
 * Rows judged without a pause: so few that their cells and words are gone before the next garbage collection, which
 * otherwise copies them and costs a third of the time, and that the database never waits long for its next statement.
 */
const STEP_ROWS = 250

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
    batchRows: STEP_ROWS,
    ...(chunk.checkpoint === null ? {} : { checkpoint: chunk.checkpoint as unknown as ReadCheckpoint }),
    signal,
    onNotice: (notice) => notices.push(notice),
  })
  let plan: DeliveryPlan | undefined
  let reached: ReadCheckpoint | undefined
  let admitted: AdmittedRow[] = []
  let bytes = 0
  // Judging the next batch overlaps with writing the one before; more would only hold more memory.
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    await writing
    throwIfStopped(signal)
    if (plan === undefined || reached === undefined) return
    writing = writeBatch(context, chunk, plan, reached, admitted)
    // A failure is met at the next await; until then it must not count as unhandled.
    writing.catch(() => {})
    admitted = []
    bytes = 0
    reached = undefined
  }
  const ending: { failure?: unknown } = {}
  try {
    for await (const batch of endQuietly(batches, signal, ending)) {
      if (plan === undefined) await saveFormat(context.store.sql, delivery.deliveryId, { ...(await detectFileFormat(path, format)) })
      if (plan?.columns !== batch.columns) plan = composeDeliveryPlan(delivery, batch.columns)
      for (const row of batch.rows) {
        const next = admitRow(context, plan, row)
        admitted.push(next)
        bytes += next.ledger.sealed.length
      }
      reached = batch.checkpoint
      if (admitted.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await write()
      else await setImmediate()
    }
    // The rows before a fault of the file are good.
    await write()
    await writing
    throwIfStopped(signal)
    if ('failure' in ending) throw ending.failure
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
  reached: ReadCheckpoint,
  admitted: readonly AdmittedRow[],
): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const counts = await appendBatch(context, tx, plan, admitted)
    await Promise.all([
      addQualityResults(tx, chunk.runId, plan.source, admitted.length, admitted.flatMap((row) => row.ledger.issues)),
      saveCheckpoint(tx, chunk, reached as unknown as JSONValue, counts),
    ])
    await appendAudit(tx, {
      actor: context.actor,
      action: 'ledger.appended',
      subject: plan.deliveryId,
      details: { upToRow: reached.rowNo, ...counts },
    })
  })
}

/**
 * A read that fails ends the loop instead of failing it, so that what was read before is still written: the failure
 * is told at the end. An aborted read is no failure: the caller looks at the signal.
 */
async function* endQuietly(
  batches: AsyncGenerator<RowBatch>,
  signal: AbortSignal,
  ending: { failure?: unknown },
): AsyncGenerator<RowBatch> {
  try {
    yield* batches
  } catch (failure) {
    if (!(signal.aborted && !(failure instanceof OnefoldError))) ending.failure = failure
  }
}
