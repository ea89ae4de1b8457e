import type { Tx } from '../open-store.ts'

/** A resolved record, its place in the ledger and the profile it is in. */
export interface ResolvedPlace {
  readonly recordId: string
  readonly seq: number
  readonly profileId: string
  /** When its source last changed what it tells, milliseconds since 1970; null where it does not say. */
  readonly updatedAtMs: number | null
}

/** All resolved records, by id. */
export async function loadPlaces(tx: Tx): Promise<ResolvedPlace[]> {
  return tx<ResolvedPlace[]>`
    SELECT record_id AS "recordId", seq, profile_id AS "profileId",
           (extract(epoch FROM updated_at) * 1000)::float8 AS "updatedAtMs"
    FROM onefold.records JOIN onefold.profile_members USING (record_id)
    WHERE resolution = 'resolved' ORDER BY record_id`
}
