import type { FeatureRow } from '../../feature/feature-row.ts'
import { NO_TIMELINE, type Timeline } from '../../segment/timeline.ts'
import type { OpenMembership } from '../../segment/segment-definition.ts'
import type { Tx } from '../open-store.ts'
import { loadTimelines } from './load-timelines.ts'
import { loadFeatures } from './load-features.ts'
import { loadOpenMemberships } from './save-memberships.ts'

/**
 * What tells the segments of one person: features, with whose they are and when they were computed, events as
 * `loadTimelines` gives them, and memberships.
 */
export async function loadStanding(
  tx: Tx,
  profileId: string,
  asOf: Date,
  spans: ReadonlyMap<string, number>,
): Promise<{
  readonly row: FeatureRow | undefined
  readonly head: { readonly profileId: string; readonly computedAt: Date } | undefined
  readonly timeline: Timeline
  readonly open: readonly OpenMembership[]
}> {
  const [[row], [head], timelines, open] = await Promise.all([
    loadFeatures(tx, [profileId]),
    tx<{ profileId: string; computedAt: Date }[]>`
      SELECT pseudonym AS "profileId", as_of AS "computedAt"
      FROM onefold.profiles JOIN onefold.features USING (profile_id) WHERE profile_id = ${profileId}`,
    loadTimelines(tx, [profileId], asOf, spans),
    loadOpenMemberships(tx, [profileId]),
  ])
  return { row, head, timeline: timelines.get(profileId) ?? NO_TIMELINE, open }
}
