import { endsBefore } from '../identity/ends-before.ts'
import type { SealedRecord } from '../identity/load-sealed-records.ts'
import { loadSealedRecords } from '../identity/load-sealed-records.ts'
import type { IdRange } from '../identity/plan-ranges.ts'
import type { Tx } from '../open-store.ts'

/** A stale profile with its members, ready to be composed. */
export interface StaleProfile {
  readonly profileId: string
  readonly revision: number
  /** Of the newest revision; null before the first. */
  readonly fingerprint: string | null
  readonly members: readonly SealedRecord[]
}

/** The stale profiles of a range with all their members; their rows stay locked until the commit. */
export async function loadStaleProfiles(tx: Tx, range: IdRange): Promise<StaleProfile[]> {
  const profiles = await tx<{ profileId: string; revision: number; fingerprint: string | null; recordIds: string[] }[]>`
    SELECT profile.profile_id AS "profileId", profile.revision, revision.fingerprint,
           ARRAY(SELECT record_id FROM onefold.profile_members AS member
                 WHERE member.profile_id = profile.profile_id ORDER BY record_id) AS "recordIds"
    FROM onefold.profiles AS profile
    LEFT JOIN onefold.profile_revisions AS revision USING (profile_id, revision)
    WHERE profile.stale AND profile.dissolved_at IS NULL
      AND profile.profile_id >= ${range.from} AND profile.profile_id ${endsBefore(tx, range)}
    ORDER BY profile.profile_id FOR UPDATE OF profile`
  const records = await loadSealedRecords(
    tx,
    profiles.flatMap((profile) => profile.recordIds),
  )
  const byId = new Map(records.map((record) => [record.recordId, record]))
  return profiles.map(({ recordIds, ...profile }) => ({
    ...profile,
    members: recordIds.flatMap((id) => byId.get(id) ?? []),
  }))
}
