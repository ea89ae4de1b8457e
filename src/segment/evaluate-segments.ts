import { OnefoldError } from '../errors.ts'
import type { FeatureRow } from '../feature/feature-row.ts'
import { judgeRule, type Person, type RuleJudgement } from './judge-rule.ts'
import type { Membership, SegmentDefinition } from './segment-definition.ts'
import { NO_TIMELINE, type Timeline } from './timeline.ts'

/**
 * Who is in which segment at an instant (ms since 1970), and why; row by row, in the order of the definitions.
 * Of the definitions of one scheme the first that holds is the only one, so a scheme that ends in `otherwise` puts
 * everybody in exactly one. A person's memberships depend on their own row and timeline only; `timelines` are by profile, of
 * whoever did what the rules ask for (`listEventSpans`). Throws `segment.repeated_id` (settings).
 */
export function evaluateSegments(
  features: readonly FeatureRow[],
  definitions: readonly SegmentDefinition[],
  asOf: number,
  timelines: ReadonlyMap<string, Timeline> = new Map(),
): Membership[] {
  const repeated = definitions.find(({ id }, index) => definitions.findIndex((other) => other.id === id) < index)
  if (repeated) {
    throw new OnefoldError('settings', 'segment.repeated_id', 'Two segments have one id.', {
      details: { segmentId: repeated.id },
      hint: 'Give each segment an id of its own; a changed rule raises the version.',
    })
  }
  return settlePeople(features, definitions, asOf, timelines).memberships
}

/**
 * `evaluateSegments`, with the first instant at which time alone may change any segment of a person or the reason of one they
 * are in, for whom there is one.
 */
export function settlePeople(
  features: readonly FeatureRow[],
  definitions: readonly SegmentDefinition[],
  asOf: number,
  timelines: ReadonlyMap<string, Timeline>,
): { readonly memberships: Membership[]; readonly due: { readonly profileId: string; readonly at: number }[] } {
  const memberships: Membership[] = []
  const due: { profileId: string; at: number }[] = []
  for (const row of features) {
    const { profileId } = row
    const judged = judgeSegments({ row, timeline: timelines.get(profileId) ?? NO_TIMELINE }, definitions, asOf)
    let at = Infinity
    for (const { id, version } of definitions) {
      const judgement = judged.get(id)!
      at = Math.min(at, judgement.until)
      if (!judgement.holds) continue
      at = Math.min(at, judgement.retoldAt ?? Infinity)
      const expiry = Number.isFinite(judgement.until) ? { expiresAt: judgement.until } : {}
      memberships.push({ profileId, segmentId: id, version, reason: judgement.tell().reason, ...expiry })
    }
    if (Number.isFinite(at)) due.push({ profileId, at })
  }
  return { memberships, due }
}

/**
 * How each segment stands for one person at an instant, by id, in the order of the definitions. Throws nothing; two of one
 * id are one.
 */
export function judgeSegments(
  person: Person,
  definitions: readonly SegmentDefinition[],
  asOf: number,
): ReadonlyMap<string, RuleJudgement> {
  const judged = new Map<string, RuleJudgement>()
  const schemes = new Map<string, SchemeState>()
  for (const { id, scheme, rule } of definitions) {
    const state = (scheme === undefined ? undefined : schemes.get(scheme)) ?? { isSettled: false, until: Infinity }
    const own: RuleJudgement = state.isSettled
      ? { holds: false, until: Infinity, tell: () => ({ reason: 'in another segment of the scheme' }) }
      : judgeRule(rule, person, asOf, judged)
    // What comes before in its scheme may begin to hold and take the person over.
    const until = Math.min(state.until, own.until)
    judged.set(id, until === own.until ? own : { ...own, until })
    if (scheme !== undefined) schemes.set(scheme, { isSettled: state.isSettled || own.holds, until })
  }
  return judged
}

/** Where a scheme stands: whether it has put the person somewhere, and until when time alone cannot change where. */
interface SchemeState {
  readonly isSettled: boolean
  readonly until: number
}
