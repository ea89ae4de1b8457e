import type { Tx } from '../open-store.ts'

/** A matching pair, `a < b`. */
export interface MatchOfProfile {
  readonly a: string
  readonly b: string
  readonly weightBits: number
  readonly because: string
  readonly identifierKind: string | null
}

/** The matching pairs within one profile, strongest first. */
export async function loadMatchesOfProfile(tx: Tx, profileId: string): Promise<MatchOfProfile[]> {
  return tx<MatchOfProfile[]>`
    SELECT record_a AS a, record_b AS b, weight_bits::float8 AS "weightBits", because,
           identifier_kind AS "identifierKind"
    FROM onefold.judgements
    JOIN onefold.profile_members AS first_member ON first_member.record_id = record_a
    JOIN onefold.profile_members AS second_member ON second_member.record_id = record_b
    WHERE verdict = 'match' AND first_member.profile_id = ${profileId} AND second_member.profile_id = ${profileId}
    ORDER BY weight_bits DESC, record_a, record_b`
}
