import type { HeadColumns } from '../../store/ingest/encode-records.ts'
import { takeUuids } from '../../store/uuid-column.ts'
import type { AdmittedBatch } from './admitted-batch.ts'

/**
 * The heads of records of which nothing was known and the batch says one thing each: what `deriveHeads` would give for
 * these rows, without making an object of any. `accepted` are positions in the batch, `places` those of all its rows.
 */
export function takeFirstVersions(batch: AdmittedBatch, accepted: Int32Array, places: Float64Array): HeadColumns {
  const take = (column: Float64Array): Float64Array =>
    accepted.length === column.length ? column : Float64Array.from(accepted, (row) => column[row]!)
  const taken = take(places)
  return {
    recordIds: takeUuids(batch.recordIds, accepted),
    fingerprints: takeUuids(batch.fingerprints, accepted),
    updatedAtMs: take(batch.updatedAtMs),
    places: taken,
    firstPlaces: taken,
    versions: new Int32Array(accepted.length).fill(1),
  }
}
