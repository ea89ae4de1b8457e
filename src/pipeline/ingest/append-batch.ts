import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendEvents } from '../../store/ingest/append-events.ts'
import { appendRawRecords } from '../../store/ingest/append-raw-records.ts'
import { countRepeats } from '../../store/ingest/count-repeats.ts'
import { holdInQuarantine } from '../../store/ingest/hold-in-quarantine.ts'
import type { ActorRow, EventRow, LedgerRow, RecordHead } from '../../store/ingest/ledger-batch.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import { upsertActors } from '../../store/ingest/upsert-actors.ts'
import { upsertRecords } from '../../store/ingest/upsert-records.ts'
import type { Tx } from '../../store/open-store.ts'
import { type AdmittedRow, nameStream } from './admit-row.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/** Where the rows of a batch ended: the five add up to `received`. */
export interface BatchCounts extends Record<string, number> {
  received: number
  accepted: number
  duplicate: number
  quarantined: number
  rejected: number
}

/**
 * Writes one batch inside a transaction: the ledger first, which decides what is a repeat, then what follows from
 * the accepted rows. Every row of the batch ends in exactly one outcome (P2); repeats count once (P3).
 */
export async function appendBatch(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  admitted: readonly AdmittedRow[],
): Promise<BatchCounts> {
  const rows = plan.repeats === 'keep' ? await tellRepeatsApart(context, tx, plan, admitted) : admitted
  const candidates: AdmittedRow[] = []
  const repeats: LedgerRow[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    if (row.ledger.outcome !== 'accepted') continue
    if (seen.has(row.ledger.fingerprint)) repeats.push(row.ledger)
    else candidates.push(row)
    seen.add(row.ledger.fingerprint)
  }
  const ledger = candidates.map((row) => row.ledger)
  const written = await appendRawRecords(tx, plan.deliveryId, ledger, () => 'accepted')
  const accepted = candidates.filter((row) => written.has(row.ledger.rowNo))
  repeats.push(...ledger.filter((row) => !written.has(row.rowNo)))

  const doubtful = rows.map((row) => row.ledger).filter((row) => row.outcome === 'quarantined')
  const held = await holdInQuarantine(tx, plan.deliveryId, plan.source, doubtful)
  repeats.push(...doubtful.filter((row) => !held.has(row.rowNo)))
  const repeated = new Set(repeats.map((row) => row.rowNo))
  const rest = rows.map((row) => row.ledger).filter((row) => row.outcome !== 'accepted' || repeated.has(row.rowNo))
  await appendRawRecords(tx, plan.deliveryId, rest, (row) => (repeated.has(row.rowNo) ? 'duplicate' : row.outcome))

  if (plan.kind === 'people') await upsertRecords(tx, plan.source, deriveHeads(context, accepted))
  else await appendActorsAndEvents(context, tx, plan, accepted)
  await releaseSuperseded(tx, plan.source, accepted.map((row) => row.ledger.fingerprint))
  return {
    received: rows.length,
    accepted: accepted.length,
    duplicate: repeats.length,
    quarantined: held.size,
    rejected: rows.filter((row) => row.ledger.outcome === 'rejected').length,
  }
}

async function tellRepeatsApart(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  rows: readonly AdmittedRow[],
): Promise<AdmittedRow[]> {
  const before = await countRepeats(tx, plan.deliveryId, rows.map((row) => row.content))
  return rows.map((row) => {
    const ordinal = (before.get(row.content) ?? 0) + 1
    before.set(row.content, ordinal)
    if (ordinal === 1) return row
    const fingerprint = hashToUuid(context.keyring.fingerprint, 'repeat', row.ledger.fingerprint, String(ordinal))
    return { ...row, ledger: { ...row.ledger, fingerprint } }
  })
}

/** One head a record: the version that the source's clock, then the fingerprint, puts last. */
function deriveHeads(context: Context, rows: readonly AdmittedRow[]): RecordHead[] {
  const heads = new Map<string, RecordHead>()
  for (const { ledger, normalized } of rows) {
    if (ledger.recordId === null || normalized === undefined) continue
    const head: RecordHead = {
      recordId: ledger.recordId,
      fingerprint: ledger.fingerprint,
      stream: nameStream(context, normalized.person, ledger.recordId),
      updatedAtMs: normalized.updatedAt?.getTime() ?? null,
      versions: 1,
    }
    const other = heads.get(head.recordId)
    const newest = other === undefined || isNewer(head, other) ? head : other
    heads.set(head.recordId, { ...newest, versions: (other?.versions ?? 0) + 1 })
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
  const actors = new Map<string, ActorRow>()
  const events: EventRow[] = []
  for (const { ledger, normalized } of rows) {
    const event = normalized?.event
    if (ledger.recordId === null || normalized === undefined || event === undefined) continue
    if (!actors.has(ledger.recordId)) {
      const description = Buffer.from(JSON.stringify(normalized.person), 'utf8')
      const sealed = sealEnvelope(context.keyring, description, `records:${ledger.recordId}`, context.random)
      const stream = nameStream(context, normalized.person, ledger.recordId)
      actors.set(ledger.recordId, { recordId: ledger.recordId, stream, sealed })
    }
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
  await upsertActors(tx, plan.source, [...actors.values()])
  await appendEvents(tx, plan.source, events)
}
