import { findEarlierVersions } from '../../store/ingest/find-earlier-versions.ts'
import { findEventIds } from '../../store/ingest/find-event-ids.ts'
import { findHeads } from '../../store/ingest/find-heads.ts'
import { findReadOtherwise } from '../../store/ingest/find-read-otherwise.ts'
import { findRepaired } from '../../store/ingest/find-repaired.ts'
import { isFirstDelivery } from '../../store/ingest/is-first-delivery.ts'
import { hasHeldRows } from '../../store/quarantine/has-held-rows.ts'
import type { LedgerColumns, RecordVersion } from '../../store/ingest/ledger-batch.ts'
import type { Tx } from '../../store/open-store.ts'
import { spellUuids, takeUuids } from '../../store/uuid-column.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import type { SeenFilter } from './open-seen-filter.ts'

const NONE = new Uint8Array()

/** What the ledger knows of some rows. */
export interface KnownRows {
  /** Of what the ledger has accepted before, as it came or repaired. */
  readonly fingerprints: Set<string>
  /** The newest versions of the rows' records; of people only. */
  readonly heads: ReadonlyMap<string, RecordVersion>
  /** Whether a row that says what one of these says may have been held before; of a first delivery nobody asks. */
  readonly mayBeHeld: boolean | undefined
}

/**
 * Finds what the ledger has of these rows. A version of a person is found by its record, an event by its id: each by
 * the one index there is over hashed values, since a second one costs a large ingest a quarter of its time. With the
 * filter of all that this delivery has brought so far, records or events, a source's first delivery asks for little. The
 * caller holds the source's lock.
 */
export async function findKnown(
  tx: Tx,
  plan: Pick<DeliveryPlan, 'kind' | 'source' | 'deliveryId'>,
  names: Pick<LedgerColumns, 'recordIds' | 'fingerprints'>,
  seen?: SeenFilter,
): Promise<KnownRows> {
  const ids = plan.kind === 'people' ? names.recordIds : names.fingerprints
  const first = seen !== undefined && (await isFirstDelivery(tx, plan.source, plan.deliveryId))
  const asked = first ? takeUuids(ids, seen.find(ids)) : ids
  const [askedPeople, askedEvents] = plan.kind === 'people' ? [asked, NONE] : [NONE, asked]
  const [others, events, heads] = await Promise.all([
    first ? undefined : findOfOthers(tx, plan, names),
    askedEvents.length > 0 ? findEventIds(tx, spellUuids(askedEvents)) : [],
    askedPeople.length > 0 ? findHeads(tx, spellUuids(askedPeople)) : new Map<string, RecordVersion>(),
  ])
  const earlier = await findEarlierVersions(tx, [...heads.keys()])
  const newest = [...heads.values()].map(({ fingerprint }) => fingerprint)
  const fingerprints = new Set([...(others?.fingerprints ?? []), ...events, ...newest, ...earlier])
  return { fingerprints, heads, mayBeHeld: others?.mayBeHeld }
}

/** What repaired rows, and deliveries that were read otherwise, have brought. */
async function findOfOthers(
  tx: Tx,
  plan: Pick<DeliveryPlan, 'source' | 'deliveryId'>,
  names: Pick<LedgerColumns, 'fingerprints'>,
): Promise<{ readonly fingerprints: readonly string[]; readonly mayBeHeld: boolean }> {
  const said = (): string => spellUuids(names.fingerprints)
  const [mayBeHeld, readOtherwise] = await Promise.all([
    hasHeldRows(tx, plan.source),
    findReadOtherwise(tx, plan, said),
  ])
  const repaired = mayBeHeld ? await findRepaired(tx, plan.source, said()) : []
  return { fingerprints: [...repaired, ...readOtherwise], mayBeHeld }
}
