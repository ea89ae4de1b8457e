import { compileSegments } from '../../segment/compile-segments.ts'
import { judgeSegments } from '../../segment/evaluate-segments.ts'
import { loadPeople } from '../../store/behaviour/load-people.ts'
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
      const [people, open] = await Promise.all([
        loadPeople(tx, range, definitions, asOf),
        loadOpenMemberships(tx, range),
      ])
      const published = new Set(open.filter((other) => other.segmentId === segmentId).map(({ profileId }) => profileId))
      counts.people += people.length
      counts.published += published.size
      for (const person of people) {
        const { profileId } = person.row
        const { holds, tell } = judgeSegments(person, definitions, asOf.getTime()).get(segmentId)!
        const isPublished = published.has(profileId)
        if (!holds && !isPublished) continue
        const previewed = { profileId: `prf_${profileId}`, reason: tell().reason }
        if (holds) note('members', previewed)
        if (holds && !isPublished) note('entering', previewed)
        if (!holds) note('leaving', previewed)
      }
    }
  })
  return { segment: segmentId, version, ...counts, examples }
}
