import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { appendPages, type LedgerOutcome } from '../../store/ingest/append-pages.ts'
import { countRepeats } from '../../store/ingest/count-repeats.ts'
import { holdInQuarantine } from '../../store/ingest/hold-in-quarantine.ts'
import { insertDuePages } from '../../store/ingest/insert-due-pages.ts'
import { lockSources } from '../../store/ingest/lock-sources.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import { takePageIds } from '../../store/ingest/take-page-ids.ts'
import type { Tx } from '../../store/open-store.ts'
import { placeRow } from '../../store/place.ts'
import type { AdmittedRow } from './admit-row.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { appendAccepted, type PlacedRow } from './append-accepted.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { findKnown } from './find-known.ts'

/** Where the rows of a batch ended: the five add up to `received`. */
export interface BatchCounts extends Record<string, number> {
  received: number
  accepted: number
  duplicate: number
  quarantined: number
  rejected: number
}

/**
 * Writes one batch inside a transaction: decides what is a repeat while nobody else does for the source, then writes
 * the ledger's pages and what follows from the accepted rows. Every row ends in exactly one outcome (P2); repeats
 * count once (P3).
 */
export async function appendBatch(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  batch: Pick<AdmittedBatch, 'rows' | 'pages' | 'held'>,
): Promise<BatchCounts> {
  if (batch.rows.length === 0) return { received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  await lockSources(tx, [plan.source])
  const rows = plan.repeats === 'keep' ? await tellRepeatsApart(context, tx, plan, batch.rows) : batch.rows
  const { fingerprints: known, heads } = await findKnown(
    tx,
    plan,
    rows.map((row) => row.ledger),
  )
  const doubtful = rows.filter(({ ledger }) => ledger.outcome === 'quarantined' && !known.has(ledger.fingerprint))
  const held = await holdInQuarantine(
    tx,
    plan.deliveryId,
    plan.source,
    doubtful.map(({ ledger }) => ({ ledger, sealed: batch.held.get(ledger.rowNo) as Buffer })),
  )
  const pageIds = await takePageIds(tx, batch.pages.length)
  const places = batch.pages.flatMap(({ rows: count }, page) =>
    Array.from({ length: count }, (_, position) => placeRow(pageIds[page] as number, position)),
  )
  const counts: BatchCounts = { received: rows.length, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  const accepted: PlacedRow[] = []
  const ended = rows.map(({ ledger, told }, index): { row: AdmittedRow['ledger']; outcome: LedgerOutcome } => {
    const outcome = isRepeat(ledger, known, held) ? 'duplicate' : ledger.outcome
    if (outcome === 'accepted') {
      known.add(ledger.fingerprint)
      accepted.push({ ledger, told, place: places[index] as number })
    }
    counts[outcome] = (counts[outcome] ?? 0) + 1
    return { row: ledger, outcome }
  })
  await appendPages(tx, plan.deliveryId, pageIds, batch.pages, ended)
  if (accepted.length > 0) {
    await appendAccepted(context, tx, plan, accepted, heads, 'received')
    if (plan.kind === 'people') await insertDuePages(tx, pageIds)
    await releaseSuperseded(
      tx,
      plan.source,
      accepted.map((row) => row.ledger.fingerprint),
    )
  }
  return counts
}

/** A good row whose content is known, or a bad one that is held from before or stands repaired. */
function isRepeat(row: AdmittedRow['ledger'], known: ReadonlySet<string>, held: ReadonlySet<number>): boolean {
  if (row.outcome === 'accepted') return known.has(row.fingerprint)
  return row.outcome === 'quarantined' && !held.has(row.rowNo)
}

async function tellRepeatsApart(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  rows: readonly AdmittedRow[],
): Promise<AdmittedRow[]> {
  const before = await countRepeats(
    tx,
    plan.deliveryId,
    rows.map((row) => row.content),
  )
  return rows.map((row) => {
    const ordinal = (before.get(row.content) ?? 0) + 1
    before.set(row.content, ordinal)
    if (ordinal === 1) return row
    const fingerprint = hashToUuid(context.keyring.fingerprint, 'repeat', row.ledger.fingerprint, String(ordinal))
    return { ...row, ledger: { ...row.ledger, fingerprint } }
  })
}
