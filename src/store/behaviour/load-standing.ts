import type { Person } from '../../segment/judge-rule.ts'
import type { OpenMembership, SegmentDefinition } from '../../segment/segment-definition.ts'
import type { Tx } from '../open-store.ts'
import { loadPeople } from './load-people.ts'
import { loadOpenMemberships } from './save-memberships.ts'

/**
 * What tells the segments of one person: what the rules ask for, whose it is and when features were computed, and
 * memberships.
 */
export async function loadStanding(
  tx: Tx,
  profileId: string,
  definitions: readonly SegmentDefinition[],
  asOf: Date,
): Promise<{
  readonly person: Person | undefined
  readonly head: { readonly profileId: string; readonly computedAt: Date } | undefined
  readonly open: readonly OpenMembership[]
}> {
  const [[person], [head], open] = await Promise.all([
    loadPeople(tx, [profileId], definitions, asOf),
    tx<{ profileId: string; computedAt: Date }[]>`
      SELECT pseudonym AS "profileId", as_of AS "computedAt"
      FROM onefold.profiles JOIN onefold.features USING (profile_id) WHERE profile_id = ${profileId}`,
    loadOpenMemberships(tx, [profileId]),
  ])
  return { person, head, open }
}
