import type { IdRange } from '../identity/plan-ranges.ts'
import { isSelected } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/** A profile that is to be composed anew. */
export interface StaleProfile {
  readonly profileId: string
  readonly revision: number
  /** Of the newest revision; null before the first. */
  readonly fingerprint: string | null
  /** Its members, sorted. */
  readonly recordIds: readonly string[]
}

/** The stale profiles of a range with the ids of all their members; their rows stay locked until the commit. */
export async function loadStaleProfiles(tx: Tx, range: IdRange): Promise<StaleProfile[]> {
  return tx<StaleProfile[]>`
    SELECT profile.profile_id AS "profileId", profile.revision, revision.fingerprint,
           ARRAY(SELECT record_id FROM onefold.profile_members AS member
                 WHERE member.profile_id = profile.profile_id ORDER BY record_id) AS "recordIds"
    FROM onefold.profiles AS profile
    LEFT JOIN onefold.profile_revisions AS revision USING (profile_id, revision)
    WHERE profile.stale AND profile.dissolved_at IS NULL
      AND ${isSelected(tx, tx`profile.profile_id`, range)}
    ORDER BY profile.profile_id FOR UPDATE OF profile`
}
