import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import { packBlobs } from '../pack-blobs.ts'

export interface RevisionRow {
  readonly profileId: string
  readonly revision: number
  readonly sealed: Buffer
  readonly generalized: JSONValue
  readonly fingerprint: string
}

/** Appends the revisions of profiles that changed, tells the change feed, and marks all `composed` as fresh. */
export async function appendRevisions(
  tx: Tx,
  composed: readonly string[],
  rows: readonly RevisionRow[],
): Promise<void> {
  const { base64, starts, sizes } = packBlobs(rows.map((row) => row.sealed))
  const ids = rows.map((row) => row.profileId)
  const revisions = rows.map((row) => row.revision)
  await tx`
    WITH given AS (
      SELECT * FROM unnest(
        ${ids}::uuid[], ${revisions}::int[], ${starts}::int[], ${sizes}::int[],
        ${rows.map((row) => JSON.stringify(row.generalized))}::text[], ${rows.map((row) => row.fingerprint)}::uuid[]
      ) AS given (profile_id, revision, start, size, generalized, fingerprint)
    ), kept AS (
      INSERT INTO onefold.profile_revisions (profile_id, revision, sealed, generalized, fingerprint, composed_at)
      SELECT profile_id, revision, substring(blobs.bytes FROM start FOR size), generalized::jsonb, fingerprint, now()
      FROM (SELECT decode(${base64}, 'base64') AS bytes OFFSET 0) AS blobs, given
    ), told AS (
      INSERT INTO onefold.outbox (kind, subject, payload, at)
      SELECT CASE WHEN revision = 1 THEN 'profile.created' ELSE 'profile.updated' END, profile_id,
             jsonb_build_object('revision', revision), now()
      FROM given
    )
    UPDATE onefold.profiles AS profile SET stale = false, revision = coalesce(given.revision, profile.revision)
    FROM unnest(${[...composed]}::uuid[]) AS fresh (profile_id) LEFT JOIN given USING (profile_id)
    WHERE profile.profile_id = fresh.profile_id`
}
