import { OnefoldError } from '../../errors.ts'
import { packSealed } from '../../privacy/pack-sealed.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import type { Issue } from '../../quality/issue.ts'
import { appendAudit, type AuditNote } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { lockSources } from '../../store/ingest/lock-sources.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import { NOBODY, type RecordVersion } from '../../store/ingest/ledger-batch.ts'
import type { Tx } from '../../store/open-store.ts'
import type { HeldRowId, SealedHeldRow } from '../../store/quarantine/held-row.ts'
import { findHeldSources } from '../../store/quarantine/find-held-sources.ts'
import { lockHeldRows } from '../../store/quarantine/lock-held-rows.ts'
import { type ReplayedRow, saveReplayed } from '../../store/quarantine/save-replayed.ts'
import { packUuids, spellId } from '../../store/uuid-column.ts'
import type { Context } from '../context.ts'
import { admitRow, type JudgedRow } from '../ingest/admit-row.ts'
import { appendActorsAndEvents } from '../ingest/append-actors-and-events.ts'
import { appendPeople } from '../ingest/append-people.ts'
import { composeDeliveryPlan } from '../ingest/compose-delivery-plan.ts'
import type { DeliveryPlan } from '../ingest/delivery-plan.ts'
import { findKnown } from '../ingest/find-known.ts'
import { openEventColumns } from '../ingest/open-event-columns.ts'
import { nameRow } from '../name-place.ts'
import { loadPresentLayout, type PresentLayout } from './load-present-layout.ts'
import { applyFix, openHeldRow } from './open-held-row.ts'

/** Where replayed rows ended: the last four add up to `replayed`. */
export interface ReplayCounts extends Record<string, number> {
  replayed: number
  accepted: number
  duplicate: number
  quarantined: number
  rejected: number
}

interface Assessed {
  readonly replayed: ReplayedRow
  /** Undefined when the contract refuses the row. */
  readonly good: (Pick<JudgedRow, 'updatedAtMs' | 'event'> & { readonly plan: DeliveryPlan }) | undefined
}

/**
 * Assesses held rows again, with their corrections, by the present configuration [B2], in one transaction: what is
 * good now goes the way of an accepted row, what was accepted elsewhere meanwhile is a repeat, what is still bad stays
 * with its new findings. Every row keeps exactly one outcome (P2). Rows replayed before are left alone, so doing it
 * again changes nothing.
 */
export async function replayRows(context: Context, ids: readonly HeldRowId[]): Promise<ReplayCounts> {
  return inTransaction(context.store.sql, async (tx) => {
    const total: ReplayCounts = { replayed: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
    await lockSources(tx, await findHeldSources(tx, ids))
    const held = (await lockHeldRows(tx, ids)).filter((row) => row.state !== 'replayed')
    const notes: AuditNote[] = []
    for (const deliveryId of new Set(held.map((row) => row.deliveryId))) {
      const rows = held.filter((row) => row.deliveryId === deliveryId)
      const counts = await replayDelivery(context, tx, deliveryId, rows)
      for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count
      notes.push({ actor: context.actor, action: 'quarantine.replayed', subject: deliveryId, details: counts })
    }
    await appendAudit(tx, ...notes)
    return total
  })
}

async function replayDelivery(
  context: Context,
  tx: Tx,
  deliveryId: string,
  held: readonly SealedHeldRow[],
): Promise<ReplayCounts> {
  const layout = await loadPresentLayout(context, tx, deliveryId)
  const { source } = layout.delivery
  const assess = openAssessor(context, layout)
  const assessed = held.map((row) => assess(row))
  const kind = layout.delivery.reading.kind
  // A row is a repeat by what it said when it was held, and by what it says now.
  const names = {
    recordIds: packUuids(assessed.map(({ replayed }) => replayed.recordId ?? NOBODY)),
    fingerprints: packUuids([...held, ...assessed.map(({ replayed }) => replayed)].map((row) => row.fingerprint)),
  }
  const { fingerprints: known, heads } = await findKnown(tx, { kind, source, deliveryId }, names)
  const accepted: AcceptedRow[] = []
  const outcomes = assessed.map(({ good, replayed }, position): ReplayedRow => {
    if (replayed.outcome !== 'accepted' || good === undefined) return replayed
    // The ledger goes on calling the row what it was called when it was held.
    const { fingerprint, place } = held[position] as SealedHeldRow
    if (known.has(fingerprint) || known.has(replayed.fingerprint)) return { ...replayed, outcome: 'duplicate' }
    known.add(fingerprint).add(replayed.fingerprint)
    if (replayed.recordId !== null) accepted.push({ ...good, recordId: replayed.recordId, fingerprint, place })
    return replayed
  })
  await saveReplayed(tx, outcomes)
  for (const plan of new Set(accepted.map((each) => each.plan))) {
    const rows = accepted.filter((each) => each.plan === plan)
    if (plan.kind === 'people') await appendPeople(tx, source, rows.map(openVersion), heads, 'new')
    else await appendEventsOf(context, tx, source, rows)
  }
  const said = outcomes.filter(({ outcome }) => outcome === 'accepted').map((row) => row.fingerprint)
  if (said.length > 0) await releaseSuperseded(tx, packUuids(said))
  const count = (outcome: ReplayedRow['outcome']): number => outcomes.filter((row) => row.outcome === outcome).length
  return {
    replayed: outcomes.length,
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    quarantined: count('quarantined'),
    rejected: count('rejected'),
  }
}

/** A row that is good now: what it says of its record, or the event that it tells of. */
interface AcceptedRow extends Pick<JudgedRow, 'updatedAtMs' | 'event'> {
  readonly plan: DeliveryPlan
  readonly recordId: string
  readonly fingerprint: string
  readonly place: number
}

function openVersion({ recordId, fingerprint, updatedAtMs, place }: AcceptedRow): RecordVersion {
  return { recordId, fingerprint, updatedAtMs: Number.isNaN(updatedAtMs) ? null : updatedAtMs, place }
}

async function appendEventsOf(context: Context, tx: Tx, source: string, rows: readonly AcceptedRow[]): Promise<void> {
  const collector = openEventColumns(rows.length)
  for (const [row, { event }] of rows.entries()) collector.set(row, event)
  const named = {
    eventIds: packUuids(rows.map(({ fingerprint }) => fingerprint)),
    actorIds: packUuids(rows.map(({ recordId }) => recordId)),
    events: collector.take(rows.length),
    rows: Int32Array.from(rows.keys()),
  }
  const actors = rows.flatMap(({ event }, row) => (event === undefined ? [] : [{ ...event, row }]))
  await appendActorsAndEvents(context, tx, source, named, actors)
}

/** Judges rows of one delivery; the plan is compiled once for each set of columns. */
function openAssessor(context: Context, layout: PresentLayout): (held: SealedHeldRow) => Assessed {
  let plan: DeliveryPlan | undefined
  return (held) => {
    const opened = openHeldRow(context, held, layout)
    try {
      if (plan?.columns !== opened.columns) plan = composeDeliveryPlan(layout.delivery, opened.columns)
      const admitted = admitRow(context.keyring, plan, applyFix(opened))
      const { outcome, issues, updatedAtMs, event } = admitted
      const recordId = admitted.recordId === undefined ? null : spellId(admitted.recordId)
      const sealed = sealEnvelope(
        context.keyring,
        packSealed(opened.row.raw, admitted.description),
        nameRow(held.deliveryId, held.rowNo),
        context.random,
      )
      // Where identical lines are real, the content alone does not say which of them this is.
      const fingerprint = plan.repeats === 'keep' ? held.fingerprint : spellId(admitted.fingerprint)
      return {
        good: { plan, updatedAtMs, event },
        replayed: { ...placeOf(held), outcome, recordId, fingerprint, sealed, issues },
      }
    } catch (failure) {
      if (!(failure instanceof OnefoldError) || failure.code !== 'contract.broken') throw failure
      return stillHeld(held, failure.code)
    }
  }
}

/** A frozen contract refuses whole deliveries; of one that is in already it can only go on holding the row. */
function stillHeld(held: SealedHeldRow, code: string): Assessed {
  const issues: Issue[] = [{ code, severity: 'quarantine' }]
  const { fingerprint, sealed } = held
  return {
    good: undefined,
    replayed: { ...placeOf(held), outcome: 'quarantined', recordId: null, fingerprint, sealed, issues },
  }
}

function placeOf({ deliveryId, rowNo }: SealedHeldRow): HeldRowId {
  return { deliveryId, rowNo }
}
