import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'

/** A profile as stored, for a person to look at. */
export interface StoredProfile {
  readonly profileId: string
  readonly pseudonym: string
  readonly createdAt: Date
  readonly revision: number
  /** Null before it was first composed. */
  readonly sealed: Buffer | null
  readonly records: readonly {
    readonly recordId: string
    readonly source: string
    readonly kind: string
    readonly versions: number
    readonly receivedAt: Date
  }[]
  readonly memberships: readonly {
    readonly segmentId: string
    readonly version: number
    readonly reason: string
    readonly validFrom: Date
  }[]
  readonly features: Readonly<Record<string, unknown>> | null
  readonly sessions: number
  readonly history: readonly {
    readonly kind: string
    readonly fromProfile: string
    readonly toProfile: string
    readonly at: Date
  }[]
}

/** Everything about one profile. Throws `profile.not_found`. */
export async function loadProfile(tx: Tx, profileId: string): Promise<StoredProfile> {
  const [profile] = await tx<
    Pick<StoredProfile, 'profileId' | 'pseudonym' | 'createdAt' | 'revision' | 'sealed' | 'sessions'>[]
  >`
    SELECT profile_id AS "profileId", pseudonym, created_at AS "createdAt", profile.revision, revision.sealed,
      (SELECT count(*) FROM onefold.sessions WHERE sessions.profile_id = profile.profile_id) AS sessions
    FROM onefold.profiles AS profile LEFT JOIN onefold.profile_revisions AS revision USING (profile_id, revision)
    WHERE profile_id = ${profileId}`
  if (profile === undefined) {
    throw new OnefoldError('not_found', 'profile.not_found', 'There is no such profile.', { details: { profileId } })
  }
  const records = await tx<StoredProfile['records'][number][]>`
    SELECT record_id AS "recordId", source, kind, versions, received_at AS "receivedAt"
    FROM onefold.profile_members JOIN onefold.records USING (record_id)
    WHERE profile_id = ${profileId} ORDER BY seq`
  const memberships = await tx<StoredProfile['memberships'][number][]>`
    SELECT segment_id AS "segmentId", version, reason, valid_from AS "validFrom"
    FROM onefold.segment_memberships WHERE profile_id = ${profileId} AND valid_to IS NULL ORDER BY segment_id`
  const [features] = await tx<Record<string, unknown>[]>`SELECT * FROM onefold.features WHERE profile_id = ${profileId}`
  const history = await tx<StoredProfile['history'][number][]>`
    SELECT kind, from_profile AS "fromProfile", to_profile AS "toProfile", at FROM onefold.merges
    WHERE from_profile = ${profileId} OR to_profile = ${profileId} ORDER BY merge_no`
  return { ...profile, records, memberships, features: features ?? null, history }
}
