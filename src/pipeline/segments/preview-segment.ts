import { compileSegments } from '../../segment/compile-segments.ts'
import { listEventSpans } from '../../segment/list-event-spans.ts'
import { NO_TIMELINE } from '../../segment/timeline.ts'
import { judgeSegments } from '../../segment/evaluate-segments.ts'
import { loadTimelines } from '../../store/behaviour/load-timelines.ts'
import { loadFeatures } from '../../store/behaviour/load-features.ts'
import { planProfileRanges } from '../../store/behaviour/plan-profile-ranges.ts'
import { loadOpenMemberships } from '../../store/behaviour/save-memberships.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { unknownSegment } from './explain-membership.ts'

/** People looked at together: bounds memory. */
const AT_ONCE = 20_000

/** Somebody and why. */
export interface PreviewedPerson {
  readonly profileId: string
  readonly reason: string
}

/** Who a segment would have now, by the configuration as it is, against who it is published to have. */
export interface SegmentPreview {
  readonly segment: string
  readonly version: number
  /** Everybody who is computed. */
  readonly people: number
  readonly members: number
  /** Of any version of the segment. */
  readonly published: number
  readonly entering: number
  readonly leaving: number
  /** Of each at most as many as were asked for, by id. */
  readonly examples: Readonly<Record<'members' | 'entering' | 'leaving', readonly PreviewedPerson[]>>
}

/**
 * Judges everybody by a segment of the configuration now, from the features that were computed last, and changes nothing.
 * Throws `segment.unknown` (not_found).
 */
export async function previewSegment(context: Context, segmentId: string, most: number): Promise<SegmentPreview> {
  const definitions = compileSegments(context.settings.segments)
  const version = definitions.find(({ id }) => id === segmentId)?.version
  if (version === undefined) throw unknownSegment(segmentId)
  const asOf = context.now()
  const spans = listEventSpans(definitions)
  const counts = { people: 0, members: 0, published: 0, entering: 0, leaving: 0 }
  const examples = {
    members: [] as PreviewedPerson[],
    entering: [] as PreviewedPerson[],
    leaving: [] as PreviewedPerson[],
  }
  const note = (kind: keyof typeof examples, person: PreviewedPerson): void => {
    counts[kind] += 1
    if (examples[kind].length < most) examples[kind].push(person)
  }
  await inSnapshot(context.store.sql, async (tx) => {
    for (const range of await planProfileRanges(tx, 'living', AT_ONCE)) {
      const [rows, open, timelines] = await Promise.all([
        loadFeatures(tx, range),
        loadOpenMemberships(tx, range),
        loadTimelines(tx, range, asOf, spans),
      ])
      const published = new Set(open.filter((other) => other.segmentId === segmentId).map(({ profileId }) => profileId))
      counts.people += rows.length
      counts.published += published.size
      for (const row of rows) {
        const timeline = timelines.get(row.profileId) ?? NO_TIMELINE
        const { holds, tell } = judgeSegments({ row, timeline }, definitions, asOf.getTime()).get(segmentId)!
        const isPublished = published.has(row.profileId)
        if (!holds && !isPublished) continue
        const person = { profileId: `prf_${row.profileId}`, reason: tell().reason }
        if (holds) note('members', person)
        if (holds && !isPublished) note('entering', person)
        if (!holds) note('leaving', person)
      }
    }
  })
  return { segment: segmentId, version, ...counts, examples }
}
