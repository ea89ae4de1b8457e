import type { Context } from '../context.ts'
import { hashToId } from '../hash-to-id.ts'
import type { CopyWriter } from '../../store/copy-writer.ts'
import { copyPages, insertPages } from '../../store/ingest/append-pages.ts'
import { copyRecords } from '../../store/ingest/copy-records.ts'
import { countRepeats } from '../../store/ingest/count-repeats.ts'
import { FEW_ROWS } from '../../store/ingest/few-rows.ts'
import { encodeRecords } from '../../store/ingest/encode-records.ts'
import { holdInQuarantine } from '../../store/ingest/hold-in-quarantine.ts'
import { insertDuePages } from '../../store/ingest/insert-due-pages.ts'
import { lockSources } from '../../store/ingest/lock-sources.ts'
import { releaseSuperseded } from '../../store/ingest/release-superseded.ts'
import { takePageBlock } from '../../store/ingest/take-page-block.ts'
import type { Tx } from '../../store/open-store.ts'
import { hasHeldRows } from '../../store/quarantine/has-held-rows.ts'
import { isSame, openRepeatFinder, readUuid, takeUuids, writeId } from '../../store/uuid-column.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { appendActorsAndEvents } from './append-actors-and-events.ts'
import { appendPeople } from './append-people.ts'
import { type BatchCounts, decideRows } from './decide-rows.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { findKnown, type KnownRows } from './find-known.ts'
import { openRows, openVersions, placeRows } from './open-rows.ts'
import type { SeenFilter } from './open-seen-filter.ts'
import { takeFirstVersions } from './take-first-versions.ts'

/** What the batches of a delivery share, one after another. */
export interface Intake {
  /**
   * Have noted all batches of the delivery before, records or events and, for `repeats: keep`, contents; undefined when
   * they were not there for all of them.
   */
  readonly seen: SeenFilter | undefined
  readonly seenContents: SeenFilter | undefined
  readonly pageWriter: CopyWriter
  readonly recordWriter: CopyWriter
}

interface AcceptedRows extends Pick<KnownRows, 'heads'> {
  readonly batch: AdmittedBatch
  /** Their positions. */
  readonly accepted: Int32Array
  readonly firstPage: number
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
  { seen, seenContents, pageWriter, recordWriter }: Intake,
): Promise<BatchCounts> {
  const { pageRows } = admitted
  if (pageRows.length === 0) return { received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  // Sent together: what is asked after the lock sees what was committed before it was granted.
  const [, firstPage, { batch, known }] = await Promise.all([
    lockSources(tx, [plan.source]),
    takePageBlock(tx),
    recognize(context, tx, plan, admitted, { seen, seenContents }),
  ])
  seen?.note(plan.kind === 'people' ? batch.recordIds : batch.fingerprints)
  const held = await hold(tx, plan, batch, known.fingerprints)
  const { outcomes, accepted, counts } = decideRows(batch, known.fingerprints, held)
  const pages = { deliveryId: plan.deliveryId, firstPage, batch, outcomes }
  const isFew = batch.rowNos.length <= FEW_ROWS
  if (!isFew) await copyPages(tx, pageWriter, pages)
  // Sent together where they are few.
  await Promise.all([
    isFew ? insertPages(tx, pages) : undefined,
    appendAccepted(context, tx, plan, recordWriter, { batch, accepted, firstPage, heads: known.heads }),
  ])
  if (accepted.length === 0) return counts
  // What a message id names may have been held in this very batch, or in one before for which nobody asked.
  const mayBeHeld = known.mayBeHeld ?? (batch.namedByMessage && (await hasHeldRows(tx, plan.source)))
  if (mayBeHeld || (batch.namedByMessage && held.size > 0))
    await releaseSuperseded(tx, takeUuids(batch.fingerprints, accepted))
  return counts
}

/** Writes what follows from the accepted rows of a batch, if there are any. */
async function appendAccepted(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  recordWriter: CopyWriter,
  { batch, accepted, firstPage, heads }: AcceptedRows,
): Promise<void> {
  if (accepted.length === 0) return
  if (batch.events !== undefined) {
    const { fingerprints: eventIds, recordIds: actorIds, events, actors } = batch
    await appendActorsAndEvents(context, tx, plan.source, { eventIds, actorIds, events, rows: accepted }, actors)
    return
  }
  const places = placeRows(batch, firstPage)
  // Nearly all of a first delivery: what is new needs no look at single rows.
  if (heads.size === 0 && !batch.sharesRecords)
    await copyRecords(
      tx,
      encodeRecords(recordWriter, plan.source, 'received', takeFirstVersions(batch, accepted, places)),
    )
  else await appendPeople(tx, plan.source, openVersions(batch, accepted, places), heads, 'received')
  await insertDuePages(
    tx,
    Array.from(batch.pageRows, (_, index) => firstPage + index),
  )
}

/** Tells repeats apart where they are real, and finds what is known of the rows. */
async function recognize(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  admitted: AdmittedBatch,
  { seen, seenContents }: Pick<Intake, 'seen' | 'seenContents'>,
): Promise<{ readonly batch: AdmittedBatch; readonly known: KnownRows }> {
  const batch = plan.repeats === 'keep' ? await tellRepeatsApart(context, tx, plan, admitted, seenContents) : admitted
  return { batch, known: await findKnown(tx, plan, batch, seen) }
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
  const doubtful = openRows(batch, heldRows).map((ledger, index) => {
    const envelope = pageRows.length + index
    return { ledger, sealed: Buffer.from(sealed.subarray(ends[envelope - 1] ?? 0, ends[envelope])) }
  })
  const unknown = doubtful.filter(({ ledger }) => !known.has(ledger.fingerprint))
  return holdInQuarantine(tx, plan.deliveryId, plan.source, unknown)
}

/**
 * A repeat within the delivery is real: it gets a fingerprint of its own, by its number among its equals. What a message
 * id names is one thing however often it is said.
 */
async function tellRepeatsApart(
  context: Context,
  tx: Tx,
  plan: DeliveryPlan,
  batch: AdmittedBatch,
  seenContents: SeenFilter | undefined,
): Promise<AdmittedBatch> {
  const contents = batch.contents.slice()
  const isNamed = (row: number): boolean => batch.namedByMessage && !isSame(batch.fingerprints, contents, row)
  const finder = openRepeatFinder(contents, batch.rowNos.length)
  const firsts = Int32Array.from(batch.rowNos, (_, row) => (isNamed(row) ? -1 : finder.findFirst(row)))
  const lines = new Int32Array(firsts.length)
  for (const first of firsts) if (first >= 0) lines[first]!++
  const told = firsts.filter((first, row) => first === row)
  const counted = { contents: takeUuids(contents, told), lines: Int32Array.from(told, (row) => lines[row]!) }
  const repeated = seenContents?.find(counted.contents) ?? Int32Array.from(told.keys())
  const before = await countRepeats(tx, plan.deliveryId, counted, repeated)
  seenContents?.note(counted.contents)
  const fingerprints = batch.fingerprints.slice()
  const ordinals = new Int32Array(firsts.length)
  for (const [row, first] of firsts.entries()) {
    if (first < 0) continue
    if (first === row && before.size > 0) ordinals[row] = before.get(readUuid(contents, row)) ?? 0
    const ordinal = ++ordinals[first]!
    if (ordinal === 1) continue
    const said = readUuid(batch.fingerprints, row)
    writeId(fingerprints, row, hashToId(context.keyring.fingerprint, 'repeat', said, String(ordinal)))
  }
  return { ...batch, fingerprints, repeats: batch.repeats.filter(isNamed) }
}
