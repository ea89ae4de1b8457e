import type { SegmentDefinition } from './segment-definition.ts'

/** More core segments than this are more than a team acts on [F5]. */
const MOST_CORE = 10
/** Of all people; fewer are hardly worth a campaign of their own. */
const TINY_SHARE = 0.01
/** Members of both over members of either: two such say much the same. */
const OVERLAP = 0.8

/** What the linter found of a segment, `segment` undefined where it is of all of them. */
export interface SegmentFinding {
  readonly code: 'too_many' | 'tiny' | 'overlap' | 'overdue'
  readonly segment?: string
  readonly message: string
}

/**
 * What is amiss with the segments a project declares [F5]: too many, too small, saying the same, not looked at in time.
 * `today` is an ISO date. `sizes` and `jaccard` are of today's members; segments that nobody was put into yet are not tiny.
 */
export function lintSegments(
  declared: readonly SegmentDefinition[],
  {
    people,
    sizes,
    overlaps,
  }: {
    readonly people: number
    readonly sizes: readonly { readonly segmentId: string; readonly version: number; readonly members: number }[]
    readonly overlaps: readonly { readonly a: string; readonly b: string; readonly jaccard: number }[]
  },
  today: string,
): readonly SegmentFinding[] {
  const core = declared.filter(({ parent }) => parent === undefined)
  const ids = new Set(declared.map(({ id }) => id))
  const membersOf = new Map(sizes.map(({ segmentId, version, members }) => [`${segmentId} ${version}`, members]))
  return [
    ...(core.length > MOST_CORE
      ? [
          {
            code: 'too_many' as const,
            message: `${core.length} core segments are in use; above ${MOST_CORE} few are acted on`,
          },
        ]
      : []),
    ...declared
      .filter(({ reviewDate }) => reviewDate < today)
      .map(({ id, owner, reviewDate }) => ({
        ...{ code: 'overdue' as const, segment: id },
        message: `${owner} was to look at it by ${reviewDate}`,
      })),
    ...declared.flatMap(({ id, version }) => {
      const members = membersOf.get(`${id} ${version}`)
      if (members === undefined || members >= people * TINY_SHARE) return []
      return [{ code: 'tiny' as const, segment: id, message: `${members} of ${people} people are in it` }]
    }),
    ...overlaps
      .filter(({ a, b, jaccard }) => jaccard >= OVERLAP && (ids.has(a) || ids.has(b)))
      .map(({ a, b, jaccard }) => ({
        ...{ code: 'overlap' as const, segment: ids.has(a) ? a : b },
        message: `${Math.floor(jaccard * 100)} % of who is in ${a} or ${b} is in both`,
      })),
  ]
}
