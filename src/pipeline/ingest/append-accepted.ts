import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendEvents } from '../../store/ingest/append-events.ts'
import type { ActorRow, EventRow, RecordHead } from '../../store/ingest/ledger-batch.ts'
import { upsertActors } from '../../store/ingest/upsert-actors.ts'
import { upsertRecords } from '../../store/ingest/upsert-records.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { type AdmittedRow, nameStream, type ToldRow } from './admit-row.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/** Writes what follows from rows that the ledger has just accepted: heads of records, or actors and their events. */
export async function appendAccepted(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  accepted: readonly AdmittedRow[],
): Promise<void> {
  if (plan.kind === 'people') await upsertRecords(tx, plan.source, deriveHeads(context, accepted))
  else await appendActorsAndEvents(context, tx, plan, accepted)
}

/** One head a record: the version that the source's clock, then the fingerprint, puts last. */
function deriveHeads(context: Context, rows: readonly AdmittedRow[]): RecordHead[] {
  const heads = new Map<string, RecordHead>()
  for (const { ledger, told } of rows) {
    if (ledger.recordId === null || told === undefined) continue
    const other = heads.get(ledger.recordId)
    const head: RecordHead = {
      recordId: ledger.recordId,
      fingerprint: ledger.fingerprint,
      stream: nameStream(context, told, ledger.recordId),
      updatedAtMs: told.updatedAtMs,
      versions: (other?.versions ?? 0) + 1,
    }
    heads.set(head.recordId, other === undefined || isNewer(head, other) ? head : { ...other, versions: head.versions })
  }
  return [...heads.values()]
}

function isNewer(head: RecordHead, other: RecordHead): boolean {
  if (other.updatedAtMs === null) return true
  if (head.updatedAtMs === null) return false
  if (head.updatedAtMs !== other.updatedAtMs) return head.updatedAtMs > other.updatedAtMs
  return head.fingerprint > other.fingerprint
}

async function appendActorsAndEvents(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  rows: readonly AdmittedRow[],
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
