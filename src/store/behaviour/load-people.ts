import type { Person } from '../../segment/judge-rule.ts'
import { listAsked } from '../../segment/list-asked.ts'
import type { SegmentDefinition } from '../../segment/segment-definition.ts'
import { NO_TIMELINE } from '../../segment/timeline.ts'
import type { ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { loadFeatures } from './load-features.ts'
import { loadKnownAttributes } from './load-known-attributes.ts'
import { loadTimelines } from './load-timelines.ts'

/**
 * The living among some profiles of whom anything is computed, known by what the rules of segments ask for at an instant
 * and by nothing else. Sorted by profile.
 */
export async function loadPeople(
  tx: Tx,
  selection: ProfileSelection,
  definitions: readonly SegmentDefinition[],
  asOf: Date,
): Promise<readonly Person[]> {
  const asked = listAsked(definitions)
  const [rows, timelines, attributes] = await Promise.all([
    loadFeatures(tx, selection, asked.features),
    loadTimelines(tx, selection, asOf, asked.spans),
    loadKnownAttributes(tx, selection, asked.attributes),
  ])
  return rows.map((row) => {
    const known = attributes.get(row.profileId)
    const timeline = timelines.get(row.profileId) ?? NO_TIMELINE
    return { row, timeline, ...(known === undefined ? {} : { attributes: known }) }
  })
}
