import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { openCopyWriter } from '../../store/copy-writer.ts'
import { appendEvents } from '../../store/ingest/append-events.ts'
import { insertRecordVersions } from '../../store/ingest/insert-record-versions.ts'
import { copyRecords } from '../../store/ingest/copy-records.ts'
import { type DueWith, encodeRecords, packHeads } from '../../store/ingest/encode-records.ts'
import type { ActorRow, EventRow, RecordVersion } from '../../store/ingest/ledger-batch.ts'
import { updateRecords } from '../../store/ingest/update-records.ts'
import { upsertActors } from '../../store/ingest/upsert-actors.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { nameStream, type ToldRow } from './admit-row.ts'
import { deriveHeads } from './derive-heads.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import type { PlacedRow } from './open-rows.ts'

/**
 * Writes what follows from rows that the ledger accepts: heads of records, or actors and their events. `heads` are
 * the newest versions known of the rows' records, locked.
 */
export async function appendAccepted(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  accepted: readonly PlacedRow[],
  heads: ReadonlyMap<string, RecordVersion>,
  dueWith: DueWith,
): Promise<void> {
  if (plan.kind !== 'people') return appendActorsAndEvents(context, tx, plan, accepted)
  const { added, changed, superseded } = deriveHeads(accepted, heads)
  if (added.length > 0) await copyRecords(tx, encodeRecords(openCopyWriter(), plan.source, dueWith, packHeads(added)))
  await updateRecords(tx, dueWith, changed)
  await insertRecordVersions(tx, superseded)
}

async function appendActorsAndEvents(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  rows: readonly PlacedRow[],
): Promise<void> {
  const actors = new Map<string, ToldRow>()
  const events: EventRow[] = []
  for (const { ledger, told } of rows) {
    const event = told?.event
    if (ledger.recordId === null || told === undefined || event === undefined) continue
    if (!actors.has(ledger.recordId)) actors.set(ledger.recordId, told)
    events.push({
      eventId: ledger.fingerprint,
      occurredAtMs: event.occurredAt.getTime(),
      actorId: ledger.recordId,
      kind: event.kind,
      name: event.name !== undefined && plan.isDeclared(event.name) ? event.name : null,
      orderKey:
        event.orderId === undefined
          ? null
          : hashToUuid(context.keyring.fingerprint, 'order', plan.source, event.orderId),
      quantity: event.quantity ?? null,
      amount: event.amount ?? null,
      currency: event.currency ?? null,
    })
  }
  await upsertActors(tx, plan.source, [...actors.keys()], (recordId): ActorRow => {
    const told = actors.get(recordId) as ToldRow
    const description = Buffer.from(told.description, 'utf8')
    const sealed = sealEnvelope(context.keyring, description, `records:${recordId}`, context.random)
    return { recordId, stream: nameStream(context, told, recordId), sealed }
  })
  await appendEvents(tx, plan.source, events)
}
