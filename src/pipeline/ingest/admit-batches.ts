import { setImmediate } from 'node:timers/promises'
import { OnefoldError } from '../../errors.ts'
import type { RowBatch } from '../../record/parsed-row.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { readRows } from '../../source/read-rows.ts'
import { admitRow } from './admit-row.ts'
import { type AdmittedBatch, type Admission, BATCH_BYTES, BATCH_ROWS, STEP_ROWS } from './admitted-batch.ts'
import { composeDeliveryPlan } from './compose-delivery-plan.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { openGathering } from './open-gathering.ts'

/** Which batches are judged: each `of`-th, beginning with number `index`, from 0. Where they are cut depends on neither. */
export interface Share {
  readonly index: number
  readonly of: number
}

const ALL: Share = { index: 0, of: 1 }

/**
 * Reads a delivery from its checkpoint on, judges and seals its rows. Pull based: the next batch is judged when it is
 * asked for. A file that fails midway first gives the good rows before the fault, then throws; an aborted read ends
 * the batches without a failure. With a share only its batches are judged, the others are read over, and a failure
 * comes where the next batch would. Throws what `readRows` and `composeDeliveryPlan` throw.
 */
export async function* admitBatches(admission: Admission, share = ALL): AsyncGenerator<AdmittedBatch> {
  const { delivery, input, checkpoint, signal, onNotice } = admission
  const read = readRows(input, {
    format: delivery.reading.format as FormatSettings,
    batchRows: STEP_ROWS,
    ...(checkpoint === null ? {} : { checkpoint }),
    signal,
    onNotice,
  })
  const ending: { failure?: unknown } = {}
  let plan: DeliveryPlan | undefined
  let last: RowBatch | undefined
  const gathering = openGathering(admission)
  let cut = { turn: 0, rows: 0, bytes: 0 }
  for await (const batch of endQuietly(read, signal, ending)) {
    if (signal.aborted) return
    const mine = cut.turn % share.of === share.index
    if (mine && plan?.columns !== batch.columns) plan = composeDeliveryPlan(delivery, batch.columns)
    for (const row of batch.rows) {
      if (mine && plan !== undefined) gathering.add(admitRow(admission.keyring, plan, row), row.raw)
      cut.bytes += row.raw.length
    }
    cut.rows += batch.rows.length
    last = mine ? batch : undefined
    if (cut.rows < BATCH_ROWS && cut.bytes < BATCH_BYTES) await setImmediate()
    else {
      if (mine) {
        yield { columns: batch.columns, checkpoint: batch.checkpoint, ...gathering.finish() }
      }
      last = undefined
      cut = { turn: cut.turn + 1, rows: 0, bytes: 0 }
    }
  }
  if (signal.aborted) return
  if (last !== undefined) yield { columns: last.columns, checkpoint: last.checkpoint, ...gathering.finish() }
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
