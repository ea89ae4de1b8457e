import type { Person } from '../../segment/judge-rule.ts'
import { listAskedAttributes } from '../../segment/list-asked-attributes.ts'
import { listEventSpans } from '../../segment/list-event-spans.ts'
import type { SegmentDefinition } from '../../segment/segment-definition.ts'
import { NO_TIMELINE } from '../../segment/timeline.ts'
import type { ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'
import { loadFeatures } from './load-features.ts'
import { loadKnownAttributes } from './load-known-attributes.ts'
import { loadTimelines } from './load-timelines.ts'

/**
 * The living among some profiles of whom anything is computed, as the rules of segments ask for them at an instant. Sorted
 * by profile.
 */
export async function loadPeople(
  tx: Tx,
  selection: ProfileSelection,
  definitions: readonly SegmentDefinition[],
  asOf: Date,
): Promise<readonly Person[]> {
  const [rows, timelines, attributes] = await Promise.all([
    loadFeatures(tx, selection),
    loadTimelines(tx, selection, asOf, listEventSpans(definitions)),
    loadKnownAttributes(tx, selection, listAskedAttributes(definitions)),
  ])
  return rows.map((row) => {
    const known = attributes.get(row.profileId)
    const timeline = timelines.get(row.profileId) ?? NO_TIMELINE
    return { row, timeline, ...(known === undefined ? {} : { attributes: known }) }
  })
}
