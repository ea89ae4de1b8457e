import type { Context } from '../context.ts'
import { hashToId } from '../hash-to-id.ts'
import type { CopyWriter } from '../../store/copy-writer.ts'
import { copyPages } from '../../store/ingest/copy-pages.ts'
import { copyRecords } from '../../store/ingest/copy-records.ts'
import { countRepeats } from '../../store/ingest/count-repeats.ts'
import { encodePages } from '../../store/ingest/encode-pages.ts'
import { encodeRecords } from '../../store/ingest/encode-records.ts'
import { holdInQuarantine } from '../../store/ingest/hold-in-quarantine.ts'
import { insertDuePages } from '../../store/ingest/insert-due-pages.ts'
import { lockSources } from '../../store/ingest/lock-sources.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import { takePageBlock } from '../../store/ingest/take-page-block.ts'
import type { Tx } from '../../store/open-store.ts'
import { readUuid, takeUuids, writeId } from '../../store/uuid-column.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { appendAccepted } from './append-accepted.ts'
import { type BatchCounts, decideRows } from './decide-rows.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { findKnown } from './find-known.ts'
import { openRows, placeRows } from './open-rows.ts'
import type { SeenFilter } from './open-seen-filter.ts'
import { takeFirstVersions } from './take-first-versions.ts'

/** What the batches of a delivery share, one after another. */
export interface Intake {
  /** Has noted all batches of the delivery before; undefined when it was not there for all of them. */
  readonly seen: SeenFilter | undefined
  readonly pageWriter: CopyWriter
  readonly recordWriter: CopyWriter
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
  admitted: AdmittedBatch,
  { seen, pageWriter, recordWriter }: Intake,
): Promise<BatchCounts> {
  const { pageRows } = admitted
  if (pageRows.length === 0) return { received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  await lockSources(tx, [plan.source])
  const batch = plan.repeats === 'keep' ? await tellRepeatsApart(context, tx, plan, admitted) : admitted
  const known = await findKnown(tx, plan, batch, seen)
  seen?.note(batch.recordIds)
  const held = await hold(tx, plan, batch, known.fingerprints)
  const firstPage = await takePageBlock(tx)
  const { outcomes, accepted, counts } = decideRows(batch, known.fingerprints, held)
  await copyPages(tx, encodePages(pageWriter, plan.deliveryId, firstPage, batch, outcomes))
  if (accepted.length === 0) return counts
  const places = placeRows(batch, firstPage)
  // Nearly all of a first delivery: what is new needs no look at single rows.
  if (plan.kind === 'people' && known.heads.size === 0 && !batch.sharesRecords)
    await copyRecords(
      tx,
      encodeRecords(recordWriter, plan.source, 'received', takeFirstVersions(batch, accepted, places)),
    )
  else {
    const rows = openRows(batch, accepted).map((row, index) => ({ ...row, place: places[accepted[index]!]! }))
    await appendAccepted(context, tx, plan, rows, known.heads, 'received')
  }
  if (plan.kind === 'people')
    await insertDuePages(
      tx,
      Array.from(pageRows, (_, index) => firstPage + index),
    )
  if (known.everHeld) await releaseSuperseded(tx, takeUuids(batch.fingerprints, accepted))
  return counts
}

/** Holds the bad rows that do not stand repaired; the result has the numbers of those that were not held before. */
async function hold(
  tx: Tx,
  plan: DeliveryPlan,
  batch: AdmittedBatch,
  known: ReadonlySet<string>,
): Promise<Set<number>> {
  const { heldRows, pageRows, sealed, ends } = batch
  if (heldRows.length === 0) return new Set()
  const doubtful = openRows(batch, heldRows).map(({ ledger }, index) => {
    const envelope = pageRows.length + index
    return { ledger, sealed: Buffer.from(sealed.subarray(ends[envelope - 1] ?? 0, ends[envelope])) }
  })
  const unknown = doubtful.filter(({ ledger }) => !known.has(ledger.fingerprint))
  return holdInQuarantine(tx, plan.deliveryId, plan.source, unknown)
}

/** A repeat within the delivery is real: it gets a fingerprint of its own, by its number among its equals. */
async function tellRepeatsApart(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  batch: AdmittedBatch,
): Promise<AdmittedBatch> {
  const before = await countRepeats(tx, plan.deliveryId, batch.contents)
  const fingerprints = batch.fingerprints.slice()
  for (let row = 0; row < batch.rowNos.length; row++) {
    const content = readUuid(batch.contents, row)
    const ordinal = (before.get(content) ?? 0) + 1
    before.set(content, ordinal)
    if (ordinal === 1) continue
    const said = readUuid(batch.fingerprints, row)
    writeId(fingerprints, row, hashToId(context.keyring.fingerprint, 'repeat', said, String(ordinal)))
  }
  return { ...batch, fingerprints, repeats: new Int32Array(0) }
}
