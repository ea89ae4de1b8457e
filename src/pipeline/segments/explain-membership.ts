import { OnefoldError } from '../../errors.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import { judgeSegments } from '../../segment/evaluate-segments.ts'
import { loadFeatures } from '../../store/behaviour/load-features.ts'
import { loadOpenMemberships } from '../../store/behaviour/save-memberships.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'

/** Why somebody is in a segment or not, at this instant. */
export interface MembershipExplanation {
  readonly segmentId: string
  readonly version: number
  readonly isMember: boolean
  /** In numbers; never a personal value. */
  readonly reason: string
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
  if (definition === undefined) {
    throw new OnefoldError('not_found', 'segment.unknown', `There is no segment ${segmentId}.`, {
      hint: '`onefold segments list` tells all ids.',
    })
  }
  const [[row], memberships] = await inSnapshot(context.store.sql, (tx) =>
    Promise.all([loadFeatures(tx, [profileId]), loadOpenMemberships(tx, [profileId])]),
  )
  if (row === undefined) {
    throw new OnefoldError('not_found', 'segment.not_computed', 'Nothing is computed of this person yet.', {
      hint: 'Next: `onefold run`.',
    })
  }
  const { holds, reason, until } = judgeSegments(row, definitions, context.now().getTime()).get(segmentId)!
  const open = memberships.find((other) => other.segmentId === segmentId && other.version === definition.version)
  return {
    segmentId,
    version: definition.version,
    isMember: holds,
    reason,
    since: open === undefined ? undefined : new Date(open.validFrom),
    until: until === undefined ? undefined : new Date(until),
  }
}
