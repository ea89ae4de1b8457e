import { OnefoldError } from '../../errors.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import { judgeSegments } from '../../segment/evaluate-segments.ts'
import { loadStanding } from '../../store/behaviour/load-standing.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'

/** Why somebody is in a segment or not, at this instant. */
export interface MembershipExplanation {
  readonly segmentId: string
  readonly version: number
  readonly isMember: boolean
  /** In numbers; never a personal value. */
  readonly reason: string
  /** What its events come to at this instant; undefined of rules without. */
  readonly measured: string | undefined
  /** Since when the published memberships have them in it; undefined when they do not. */
  readonly since: Date | undefined
  /**
   * Until when that stays so if nothing happens; undefined when time alone does not change it. Counts of the last 30 days,
   * days since something, scores and ranks are as they were computed last: the next run may change them.
   */
  readonly until: Date | undefined
}

/**
 * Judges one person by one segment now, from the features that were computed last. Throws `segment.unknown` and
 * `segment.not_computed` (not_found).
 */
export async function explainMembership(
  context: Context,
  segmentId: string,
  profileId: string,
): Promise<MembershipExplanation> {
  const definitions = compileSegments(context.settings.segments)
  const definition = definitions.find(({ id }) => id === segmentId)
  if (definition === undefined) throw unknownSegment(segmentId)
  const asOf = context.now()
  const { person, open } = await inSnapshot(context.store.sql, (tx) => loadStanding(tx, profileId, definitions, asOf))
  if (person === undefined) throw notComputed()
  const { holds, until, tell } = judgeSegments(person, definitions, asOf.getTime()).get(segmentId)!
  const { reason, measured } = tell()
  const published = open.find((other) => other.segmentId === segmentId && other.version === definition.version)
  return {
    segmentId,
    version: definition.version,
    isMember: holds,
    reason,
    measured,
    since: published === undefined ? undefined : new Date(published.validFrom),
    until: Number.isFinite(until) ? new Date(until) : undefined,
  }
}

/** Neither comes with Onefold nor stands in the configuration. */
export function unknownSegment(segmentId: string): OnefoldError {
  return new OnefoldError('not_found', 'segment.unknown', `There is no segment ${segmentId}.`, {
    hint: '`onefold segments list` tells all ids.',
  })
}

/** Nothing can be said of somebody who came after the last run. */
export function notComputed(): OnefoldError {
  return new OnefoldError('not_found', 'segment.not_computed', 'Nothing is computed of this person yet.', {
    hint: 'Next: `onefold run`.',
  })
}
