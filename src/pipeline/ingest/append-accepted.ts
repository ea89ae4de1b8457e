import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendEvents } from '../../store/ingest/append-events.ts'
import { insertRecordVersions } from '../../store/ingest/insert-record-versions.ts'
import { type DueWith, insertRecords, type RecordHead } from '../../store/ingest/insert-records.ts'
import type { ActorRow, EventRow, RecordVersion } from '../../store/ingest/ledger-batch.ts'
import { updateRecords } from '../../store/ingest/update-records.ts'
import { upsertActors } from '../../store/ingest/upsert-actors.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { type AdmittedRow, nameStream, type ToldRow } from './admit-row.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/** An accepted row with its place in the ledger. */
export interface PlacedRow extends Pick<AdmittedRow, 'ledger' | 'told'> {
  readonly place: number
}

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
  await insertRecords(tx, plan.source, dueWith, added)
  await updateRecords(tx, dueWith, changed)
  await insertRecordVersions(tx, superseded)
}

/** One head a record: the version that the source's clock, then the fingerprint, puts last; the others are superseded. */
function deriveHeads(
  rows: readonly PlacedRow[],
  known: ReadonlyMap<string, RecordVersion>,
): { readonly added: RecordHead[]; readonly changed: RecordHead[]; readonly superseded: RecordVersion[] } {
  const heads = new Map<string, RecordHead>()
  const superseded: RecordVersion[] = []
  for (const { ledger, told, place } of rows) {
    const { recordId, fingerprint } = ledger
    if (recordId === null || told === undefined) continue
    const version: RecordVersion = { recordId, fingerprint, updatedAtMs: told.updatedAtMs, place }
    const before = heads.get(recordId)
    const other = before ?? known.get(recordId)
    const newer = other === undefined || isNewer(version, other)
    if (other !== undefined) superseded.push(newer ? other : version)
    const { firstPlace = place, versions = 0 } = before ?? {}
    heads.set(recordId, { ...(newer ? version : other), firstPlace, versions: versions + 1 })
  }
  const added: RecordHead[] = []
  const changed: RecordHead[] = []
  for (const head of heads.values()) (known.has(head.recordId) ? changed : added).push(head)
  return { added, changed, superseded }
}

/** A source without a clock is believed in the order of arrival. */
function isNewer(version: RecordVersion, other: RecordVersion): boolean {
  if (other.updatedAtMs === null) return true
  if (version.updatedAtMs === null) return false
  if (version.updatedAtMs !== other.updatedAtMs) return version.updatedAtMs > other.updatedAtMs
  return version.fingerprint > other.fingerprint
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
