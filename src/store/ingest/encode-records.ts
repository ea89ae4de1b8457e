import type { CopyWriter } from '../copy-writer.ts'
import { packUuids, sortByStart } from '../uuid-column.ts'
import type { RecordVersion } from './ledger-batch.ts'

/** How the keys of a record's newest version come to be: with its ledger page, or by itself. */
export type DueWith = 'received' | 'new'

/** A record with its newest version after a batch, and what the batch adds to it. */
export interface RecordHead extends RecordVersion {
  /** Place of the first of its versions in the batch. */
  readonly firstPlace: number
  /** Versions in the batch. */
  readonly versions: number
}

/** Heads by columns. */
export interface HeadColumns {
  /** UUIDs (`uuid-column`). */
  readonly recordIds: Uint8Array
  readonly fingerprints: Uint8Array
  /** Milliseconds since 1970; NaN where the source does not tell. */
  readonly updatedAtMs: Float64Array
  readonly places: Float64Array
  readonly firstPlaces: Float64Array
  readonly versions: Int32Array
}

/** Heads as columns. */
export function packHeads(heads: readonly RecordHead[]): HeadColumns {
  return {
    recordIds: packUuids(heads.map((head) => head.recordId)),
    fingerprints: packUuids(heads.map((head) => head.fingerprint)),
    updatedAtMs: Float64Array.from(heads, (head) => head.updatedAtMs ?? Number.NaN),
    places: Float64Array.from(heads, (head) => head.place),
    firstPlaces: Float64Array.from(heads, (head) => head.firstPlace),
    versions: Int32Array.from(heads, (head) => head.versions),
  }
}

/** Spells records that are not known yet for `copyRecords`, sorted by id, so that their index is met page by page. */
export function encodeRecords(writer: CopyWriter, source: string, dueWith: DueWith, heads: HeadColumns): Buffer {
  const { recordIds, fingerprints, updatedAtMs, places, firstPlaces, versions } = heads
  const [sourceBytes, kind, resolution] = [source, 'person', dueWith].map((text) => Buffer.from(text, 'utf8'))
  for (const head of sortByStart(recordIds)) {
    writer.row(9)
    writer.uuid(recordIds, head)
    writer.bigint(firstPlaces[head]!)
    writer.bytes(sourceBytes as Buffer)
    writer.bytes(kind as Buffer)
    writer.bigint(places[head]!)
    writer.uuid(fingerprints, head)
    if (Number.isNaN(updatedAtMs[head])) writer.absent()
    else writer.timestamp(updatedAtMs[head]!)
    writer.integer(versions[head]!)
    writer.bytes(resolution as Buffer)
  }
  return writer.finish()
}
