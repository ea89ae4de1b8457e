import type { Tx } from '../open-store.ts'

/** The living profile that an id leads to, redirects followed; undefined when there is none. */
export async function findLivingProfile(
  tx: Tx,
  id: { readonly profileId?: string; readonly pseudonym?: string },
): Promise<string | undefined> {
  const [row] = await tx<{ profile_id: string }[]>`
    WITH RECURSIVE walk (profile_id) AS (
      SELECT profile_id FROM onefold.profiles
      WHERE profile_id = ${id.profileId ?? null}::uuid OR pseudonym = ${id.pseudonym ?? null}
      UNION
      SELECT redirect.to_profile FROM walk
      JOIN onefold.redirects AS redirect ON redirect.from_profile = walk.profile_id AND redirect.until IS NULL
    )
    SELECT profile_id FROM walk JOIN onefold.profiles USING (profile_id) WHERE dissolved_at IS NULL`
  return row?.profile_id
}

/** The profiles of records, by record. */
export async function findProfilesOfRecords(tx: Tx, recordIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx<{ record_id: string; profile_id: string }[]>`
    SELECT record_id, profile_id FROM onefold.profile_members WHERE record_id = ANY(${[...recordIds]}::uuid[])`
  return new Map(rows.map((row) => [row.record_id, row.profile_id]))
}

/** The records that carry one of these identifiers, with their profiles. */
export async function findProfilesByIdentifier(tx: Tx, hashes: readonly string[]): Promise<string[]> {
  const rows = await tx<{ profile_id: string }[]>`
    SELECT DISTINCT profile_id FROM onefold.identifiers JOIN onefold.profile_members USING (record_id)
    WHERE hash = ANY(${[...hashes]}::uuid[]) ORDER BY profile_id`
  return rows.map((row) => row.profile_id)
}
