import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { copyPages } from '../../store/ingest/copy-pages.ts'
import { countRepeats } from '../../store/ingest/count-repeats.ts'
import { encodePages } from '../../store/ingest/encode-pages.ts'
import { holdInQuarantine } from '../../store/ingest/hold-in-quarantine.ts'
import { insertDuePages } from '../../store/ingest/insert-due-pages.ts'
import { lockSources } from '../../store/ingest/lock-sources.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import { takePageBlock } from '../../store/ingest/take-page-block.ts'
import type { Tx } from '../../store/open-store.ts'
import type { AdmittedRow } from './admit-row.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { appendAccepted } from './append-accepted.ts'
import { type BatchCounts, decideRows } from './decide-rows.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { findKnown } from './find-known.ts'
import { placeRows } from './place-rows.ts'
import { spellNames } from './spell-names.ts'

/**
 * Writes one batch inside a transaction: decides what is a repeat while nobody else does for the source, then writes
 * the ledger's pages and what follows from the accepted rows. Every row ends in exactly one outcome (P2); repeats
 * count once (P3).
 */
export async function appendBatch(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  batch: AdmittedBatch,
): Promise<BatchCounts> {
  const { pages } = batch
  if (pages.length === 0) return { received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  await lockSources(tx, [plan.source])
  const apart = plan.repeats === 'keep' ? await tellRepeatsApart(context, tx, plan, batch.rows) : undefined
  const rows = apart ?? batch.rows
  const known = await findKnown(tx, plan, apart === undefined ? batch.said : spellNames(apart))
  const held = await hold(tx, plan, batch.held, rows, known.fingerprints)
  const firstPage = await takePageBlock(tx)
  const { outcomes, accepted, counts } = decideRows(rows, placeRows(pages, firstPage), known.fingerprints, held)
  const ledger = rows.map((row) => row.ledger)
  await copyPages(tx, encodePages(plan.deliveryId, firstPage, pages, ledger, outcomes))
  if (accepted.length === 0) return counts
  await appendAccepted(context, tx, plan, accepted, known.heads, 'received')
  const pageIds = pages.map((_, index) => firstPage + index)
  if (plan.kind === 'people') await insertDuePages(tx, pageIds)
  const fingerprints = accepted.map((row) => row.ledger.fingerprint)
  if (known.everHeld) await releaseSuperseded(tx, plan.source, fingerprints)
  return counts
}

/** Holds the bad rows that do not stand repaired; the result has those that were not held before. */
async function hold(
  tx: Tx,
  plan: DeliveryPlan,
  envelopes: AdmittedBatch['held'],
  rows: readonly AdmittedRow[],
  known: ReadonlySet<string>,
): Promise<Set<number>> {
  if (envelopes.size === 0) return new Set()
  const doubtful = rows.flatMap(({ ledger }) => {
    const sealed = envelopes.get(ledger.rowNo)
    return sealed === undefined || known.has(ledger.fingerprint) ? [] : [{ ledger, sealed }]
  })
  return holdInQuarantine(tx, plan.deliveryId, plan.source, doubtful)
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
