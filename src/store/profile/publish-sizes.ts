import type { SqlFragment, Tx } from '../open-store.ts'

/**
 * Makes the published segments say as of an instant what they are and how many are in each, whatever they said before: after
 * a walk that failed, what was known was not what had been published, so passes counted from something else.
 */
export async function publishSizes(tx: Tx, asOf: Date): Promise<void> {
  await tx`
    INSERT INTO onefold_out.segments (segment_id, version, name, description, owner, members, as_of)
    SELECT segment_id, version, name, description, owner, coalesce(counted.members, 0), ${asOf}
    FROM onefold.segments LEFT JOIN (
      SELECT segment_id, version, count(*) AS members FROM onefold.segment_memberships
      WHERE valid_to IS NULL GROUP BY segment_id, version
    ) AS counted USING (segment_id, version)
    ON CONFLICT (segment_id, version) DO UPDATE SET name = excluded.name, description = excluded.description,
      owner = excluded.owner, members = excluded.members, as_of = excluded.as_of`
}

/**
 * Moves the published sizes of segments from what was published of the profiles that `within` (`WHERE …`, of `profile`) leaves
 * to what is known of them now. To be called before the memberships of these are published. Costs as much as there are
 * profiles left.
 */
export async function moveSizes(tx: Tx, within: SqlFragment, asOf: Date): Promise<void> {
  await tx`
    INSERT INTO onefold_out.segments AS published (segment_id, version, name, description, owner, members, as_of)
    SELECT segment_id, version, name, description, owner, coalesce(more, 0), ${asOf}
    FROM onefold.segments LEFT JOIN (
      SELECT segment_id, version, sum(members) AS more FROM (
        SELECT segment_id, version, count(*) AS members
        FROM onefold.segment_memberships JOIN onefold.profiles AS profile USING (profile_id)
        ${within} AND valid_to IS NULL GROUP BY segment_id, version
        UNION ALL
        SELECT segment_id, version, -count(*) FROM onefold_out.segment_memberships
        WHERE profile_id IN (SELECT pseudonym FROM onefold.profiles AS profile ${within}) AND valid_to IS NULL
        GROUP BY segment_id, version
      ) AS counted GROUP BY segment_id, version
    ) AS changed USING (segment_id, version)
    WHERE more <> 0 OR (segment_id, version) NOT IN (SELECT segment_id, version FROM onefold_out.segments)
    ON CONFLICT (segment_id, version) DO UPDATE SET name = excluded.name, description = excluded.description,
      owner = excluded.owner, members = published.members + excluded.members, as_of = excluded.as_of`
}
