import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { appendRawRecords } from '../../store/ingest/append-raw-records.ts'
import { countRepeats } from '../../store/ingest/count-repeats.ts'
import { findRepaired } from '../../store/ingest/find-repaired.ts'
import { holdInQuarantine } from '../../store/ingest/hold-in-quarantine.ts'
import type { LedgerRow } from '../../store/ingest/ledger-batch.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import type { Tx } from '../../store/open-store.ts'
import type { AdmittedRow } from './admit-row.ts'
import { appendAccepted } from './append-accepted.ts'
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
  const doubtful = rows.map((row) => row.ledger).filter((row) => row.outcome === 'quarantined')
  const repaired = await findRepaired(
    tx,
    plan.source,
    rows.map((row) => row.ledger.fingerprint),
    doubtful.map((row) => row.fingerprint),
  )
  const candidates: AdmittedRow[] = []
  const repeats: LedgerRow[] = []
  const seen = new Set(repaired)
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

  const unrepaired = doubtful.filter((row) => !repaired.has(row.fingerprint))
  const held = await holdInQuarantine(tx, plan.deliveryId, plan.source, unrepaired)
  repeats.push(...doubtful.filter((row) => !held.has(row.rowNo)))
  const repeated = new Set(repeats.map((row) => row.rowNo))
  const rest = rows.map((row) => row.ledger).filter((row) => row.outcome !== 'accepted' || repeated.has(row.rowNo))
  await appendRawRecords(tx, plan.deliveryId, rest, (row) => (repeated.has(row.rowNo) ? 'duplicate' : row.outcome))

  await Promise.all([
    appendAccepted(context, tx, plan, accepted),
    releaseSuperseded(
      tx,
      plan.source,
      accepted.map((row) => row.ledger.fingerprint),
    ),
  ])
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
