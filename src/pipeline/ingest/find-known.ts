import { findEarlierVersions } from '../../store/ingest/find-earlier-versions.ts'
import { findEventIds } from '../../store/ingest/find-event-ids.ts'
import { findHeads } from '../../store/ingest/find-heads.ts'
import { findReadOtherwise } from '../../store/ingest/find-read-otherwise.ts'
import { findRepaired } from '../../store/ingest/find-repaired.ts'
import { isOnlyDelivery } from '../../store/ingest/is-only-delivery.ts'
import { hasHeldRows } from '../../store/quarantine/has-held-rows.ts'
import type { LedgerColumns, RecordVersion } from '../../store/ingest/ledger-batch.ts'
import type { Tx } from '../../store/open-store.ts'
import { spellUuids } from '../../store/uuid-column.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import type { SeenFilter } from './open-seen-filter.ts'

/** What the ledger knows of some rows. */
export interface KnownRows {
  /** Of what the ledger has accepted before, as it came or repaired. */
  readonly fingerprints: Set<string>
  /** The newest versions of the rows' records; of people only. */
  readonly heads: ReadonlyMap<string, RecordVersion>
  /** Whether the source ever had a row held. */
  readonly everHeld: boolean
}

/**
 * Finds what the ledger has of these rows. A version of a person is found by its record, an event by its id: each by
 * the one index there is over hashed values, since a second one costs a large ingest a quarter of its time. With the
 * filter of all rows that this delivery has brought so far, a source's first delivery asks for little. The caller holds
 * the source's lock.
 */
export async function findKnown(
  tx: Tx,
  plan: Pick<DeliveryPlan, 'kind' | 'source' | 'deliveryId'>,
  names: Pick<LedgerColumns, 'recordIds' | 'fingerprints'>,
  seen?: SeenFilter,
): Promise<KnownRows> {
  const said = (): string => spellUuids(names.fingerprints)
  const [everHeld, readOtherwise] = await Promise.all([hasHeldRows(tx, plan.source), findReadOtherwise(tx, plan, said)])
  const fingerprints = new Set(everHeld ? await findRepaired(tx, plan.source, said()) : [])
  for (const known of readOtherwise) fingerprints.add(known)
  if (plan.kind !== 'people') {
    for (const known of await findEventIds(tx, said())) fingerprints.add(known)
    return { fingerprints, heads: new Map(), everHeld }
  }
  // A repaired row brings its record without passing the filter.
  const first = seen !== undefined && !everHeld && (await isOnlyDelivery(tx, plan.source, plan.deliveryId))
  const asked = first ? seen.pick(names.recordIds) : names.recordIds
  const heads = asked.length === 0 ? new Map<string, RecordVersion>() : await findHeads(tx, spellUuids(asked))
  for (const head of heads.values()) fingerprints.add(head.fingerprint)
  for (const known of await findEarlierVersions(tx, [...heads.keys()])) fingerprints.add(known)
  return { fingerprints, heads, everHeld }
}
