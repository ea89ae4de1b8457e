import type { Tx } from '../open-store.ts'

/** What a first look should show: who is known by most sources, and two records that only their likeness joins. */
export interface Showcase {
  readonly profileId: string | undefined
  readonly pair: { readonly a: string; readonly b: string } | undefined
}

/** Picks a profile known by most sources, and the doubtful-most match by score between two persons' records. */
export async function findShowcase(tx: Tx): Promise<Showcase> {
  const [profile] = await tx<{ profile_id: string }[]>`
    SELECT profile.profile_id FROM onefold.profiles AS profile
    JOIN onefold.profile_members USING (profile_id) JOIN onefold.records USING (record_id)
    WHERE dissolved_at IS NULL GROUP BY profile.profile_id
    HAVING count(*) <= 8 ORDER BY count(DISTINCT source) DESC, count(*) DESC, profile.profile_id LIMIT 1`
  const [pair] = await tx<{ a: string; b: string }[]>`
    SELECT record_a AS a, record_b AS b FROM onefold.judgements
    JOIN onefold.profile_members AS first_member ON first_member.record_id = record_a
    JOIN onefold.profile_members AS second_member ON second_member.record_id = record_b
    JOIN onefold.records AS first_record ON first_record.record_id = record_a AND first_record.kind = 'person'
    JOIN onefold.records AS second_record ON second_record.record_id = record_b AND second_record.kind = 'person'
    WHERE verdict = 'match' AND because = 'score' AND first_member.profile_id = second_member.profile_id
    ORDER BY weight_bits, record_a, record_b LIMIT 1`
  return { profileId: profile?.profile_id, pair }
}
