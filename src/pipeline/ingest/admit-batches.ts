import { setImmediate } from 'node:timers/promises'
import { OnefoldError } from '../../errors.ts'
import type { RowBatch } from '../../record/parsed-row.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { readRows } from '../../source/read-rows.ts'
import { type AdmittedRow, admitRow } from './admit-row.ts'
import { type Admission, type AdmittedBatch, BATCH_BYTES, BATCH_ROWS, STEP_ROWS } from './admitted-batch.ts'
import { composeDeliveryPlan } from './compose-delivery-plan.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/**
 * Reads a delivery from its checkpoint on, judges and seals its rows. Pull based: the next batch is judged when it is
 * asked for. A file that fails midway first gives the good rows before the fault, then throws; an aborted read ends
 * the batches without a failure. Throws what `readRows` and `composeDeliveryPlan` throw.
 */
export async function* admitBatches(admission: Admission): AsyncGenerator<AdmittedBatch> {
  const { delivery, path, checkpoint, signal, onNotice } = admission
  const format = delivery.reading.format as FormatSettings
  const read = readRows(path, {
    format,
    batchRows: STEP_ROWS,
    ...(checkpoint === null ? {} : { checkpoint }),
    signal,
    onNotice,
  })
  const ending: { failure?: unknown } = {}
  let plan: DeliveryPlan | undefined
  let last: RowBatch | undefined
  let rows: AdmittedRow[] = []
  let bytes = 0
  for await (const batch of endQuietly(read, signal, ending)) {
    if (signal.aborted) return
    if (plan?.columns !== batch.columns) plan = composeDeliveryPlan(delivery, batch.columns)
    for (const row of batch.rows) {
      const admitted = admitRow(admission, plan, row)
      rows.push(admitted)
      bytes += admitted.ledger.sealed.length
    }
    last = batch
    if (rows.length < BATCH_ROWS && bytes < BATCH_BYTES) await setImmediate()
    else {
      yield { columns: batch.columns, rows, checkpoint: batch.checkpoint }
      rows = []
      bytes = 0
      last = undefined
    }
  }
  if (signal.aborted) return
  if (last !== undefined) yield { columns: last.columns, rows, checkpoint: last.checkpoint }
  if ('failure' in ending) throw ending.failure
}

/** A read that fails ends the loop instead of failing it; the failure is kept. */
async function* endQuietly(
  batches: AsyncGenerator<RowBatch>,
  signal: AbortSignal,
  ending: { failure?: unknown },
): AsyncGenerator<RowBatch> {
  try {
    yield* batches
  } catch (failure) {
    if (!signal.aborted || failure instanceof OnefoldError) ending.failure = failure
  }
}
