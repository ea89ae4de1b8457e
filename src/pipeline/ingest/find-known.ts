import { findEarlierVersions } from '../../store/ingest/find-earlier-versions.ts'
import { findEventIds } from '../../store/ingest/find-event-ids.ts'
import { findHeads } from '../../store/ingest/find-heads.ts'
import { findReadOtherwise } from '../../store/ingest/find-read-otherwise.ts'
import { findRepaired } from '../../store/ingest/find-repaired.ts'
import type { LedgerRow, RecordVersion } from '../../store/ingest/ledger-batch.ts'
import type { Tx } from '../../store/open-store.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/** What the ledger knows of some rows. */
export interface KnownRows {
  /** Of what the ledger has accepted before, as it came or repaired. */
  readonly fingerprints: Set<string>
  /** The newest versions of the rows' records; of people only. */
  readonly heads: ReadonlyMap<string, RecordVersion>
}

/**
 * Finds what the ledger has of these rows. A version of a person is found by its record, an event by its id: each by
 * the one index there is over hashed values, since a second one costs a large ingest a quarter of its time. The caller
 * holds the source's lock.
 */
export async function findKnown(
  tx: Tx,
  plan: Pick<DeliveryPlan, 'kind' | 'source' | 'deliveryId'>,
  rows: readonly Pick<LedgerRow, 'recordId' | 'fingerprint'>[],
): Promise<KnownRows> {
  const said = rows.map((row) => row.fingerprint)
  const fingerprints = new Set(await findRepaired(tx, plan.source, said))
  for (const known of await findReadOtherwise(tx, plan, said)) fingerprints.add(known)
  if (plan.kind !== 'people') {
    for (const known of await findEventIds(tx, said)) fingerprints.add(known)
    return { fingerprints, heads: new Map() }
  }
  const heads = await findHeads(tx, [...new Set(rows.flatMap((row) => row.recordId ?? []))])
  for (const head of heads.values()) fingerprints.add(head.fingerprint)
  for (const known of await findEarlierVersions(tx, [...heads.keys()])) fingerprints.add(known)
  return { fingerprints, heads }
}
