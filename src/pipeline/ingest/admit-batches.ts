import { setImmediate } from 'node:timers/promises'
import { OnefoldError } from '../../errors.ts'
import type { RowBatch } from '../../record/parsed-row.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { readRows } from '../../source/read-rows.ts'
import { admitRow } from './admit-row.ts'
import { type Admission, type AdmittedBatch, STEP_ROWS } from './admitted-batch.ts'
import { composeDeliveryPlan } from './compose-delivery-plan.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { openGathering } from './open-gathering.ts'

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
  let gathered = openGathering(admission)
  for await (const batch of endQuietly(read, signal, ending)) {
    if (signal.aborted) return
    if (plan?.columns !== batch.columns) plan = composeDeliveryPlan(delivery, batch.columns)
    for (const row of batch.rows) gathered.add(admitRow(admission.keyring, plan, row), row.raw)
    last = batch
    if (gathered.isFull()) {
      yield { columns: batch.columns, checkpoint: batch.checkpoint, ...gathered.finish() }
      gathered = openGathering(admission)
      last = undefined
    } else await setImmediate()
  }
  if (signal.aborted) return
  if (last !== undefined) yield { columns: last.columns, checkpoint: last.checkpoint, ...gathered.finish() }
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
