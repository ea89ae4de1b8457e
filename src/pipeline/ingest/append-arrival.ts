import { openCopyWriter } from '../../store/copy-writer.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import type { Tx } from '../../store/open-store.ts'
import { addQualityResults } from '../../store/quality/add-quality-results.ts'
import type { Context } from '../context.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { appendBatch } from './append-batch.ts'
import { composeDeliveryPlan } from './compose-delivery-plan.ts'
import type { BatchCounts } from './decide-rows.ts'
import type { Reading } from './reading.ts'

/** Writes batches that are in memory to the ledger, with what their rules found; returns where their rows ended. */
export async function appendArrival(
  context: Context,
  tx: Tx,
  runId: string,
  delivery: Delivery<Reading>,
  batches: readonly AdmittedBatch[],
): Promise<BatchCounts> {
  const total: BatchCounts = { received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  const intake = {
    seen: undefined,
    seenContents: undefined,
    pageWriter: openCopyWriter(),
    recordWriter: openCopyWriter(),
  }
  for (const batch of batches) {
    const plan = composeDeliveryPlan(delivery, batch.columns)
    // Sent together.
    const [counts] = await Promise.all([
      appendBatch(context, tx, plan, batch, intake),
      addQualityResults(tx, runId, delivery.source, {
        deliveryId: delivery.deliveryId,
        received: batch.rowNos.length,
        findings: batch.issues.map(([row, issues]) => ({ line: batch.lines[row]!, issues })),
      }),
    ])
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count
  }
  return total
}
