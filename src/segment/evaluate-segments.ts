import type { Writable } from '../record/writable.ts'
import { OnefoldError } from '../errors.ts'
import type { FeatureRow } from '../feature/feature-row.ts'
import { type JudgedSegments, judgeRule, type Person, type RuleJudgement } from './judge-rule.ts'
import type { Membership, SegmentDefinition, SegmentRule } from './segment-definition.ts'
import { NO_TIMELINE } from './timeline.ts'

/**
 * Who is in which segment at an instant (ms since 1970), and why; row by row, in the order of the definitions.
 * Of the definitions of one scheme the first that holds is the only one, so a scheme that ends in `otherwise` puts
 * everybody in exactly one, whom no fallback keeps out. A person's memberships depend on their own row only: nobody did
 * anything besides, and no attributes are known. Throws `segment.repeated_id` (settings).
 */
export function evaluateSegments(
  features: readonly FeatureRow[],
  definitions: readonly SegmentDefinition[],
  asOf: number,
): Membership[] {
  const repeated = definitions.find(({ id }, index) => definitions.findIndex((other) => other.id === id) < index)
  if (repeated) {
    throw new OnefoldError('settings', 'segment.repeated_id', 'Two segments have one id.', {
      details: { segmentId: repeated.id },
      hint: 'Give each segment an id of its own; a changed rule raises the version.',
    })
  }
  const people = features.map((row) => ({ row, timeline: NO_TIMELINE }))
  return settlePeople(people, definitions, asOf).memberships
}

/**
 * `evaluateSegments` by all that is known of people, with the first instant at which time alone may change any segment of a person or the reason of one they
 * are in, for whom there is one.
 */
export function settlePeople(
  people: readonly Person[],
  definitions: readonly SegmentDefinition[],
  asOf: number,
): { readonly memberships: Membership[]; readonly due: { readonly profileId: string; readonly at: number }[] } {
  const memberships: Membership[] = []
  const due: { profileId: string; at: number }[] = []
  for (const person of people) {
    const { profileId } = person.row
    let at = Infinity
    const judged = judgeInOrder(person, definitions, asOf)
    for (let place = 0; place < judged.length; place += 1) {
      const judgement = judged[place]!
      at = Math.min(at, judgement.until)
      if (!judgement.holds) continue
      at = Math.min(at, judgement.retoldAt ?? Infinity)
      const { id, version } = definitions[place]!
      const { reason } = judgement.tell()
      const membership: Writable<Membership> = { profileId, segmentId: id, version, reason }
      if (Number.isFinite(judgement.until)) membership.expiresAt = judgement.until
      memberships.push(membership)
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
  return new Map(judgeInOrder(person, definitions, asOf).map((judgement, place) => [definitions[place]!.id, judgement]))
}

/** How each segment stands, in the order of the definitions. */
function judgeInOrder(person: Person, definitions: readonly SegmentDefinition[], asOf: number): RuleJudgement[] {
  const { steps, placeOf } = planDefinitions(definitions)
  const judged: RuleJudgement[] = []
  const judgedById: JudgedSegments = { get: (id) => judged[placeOf.get(id) ?? Infinity] }
  const schemes: SchemeState[] = []
  for (const { rule, scheme, keptOutBy } of steps) {
    const fallback = keptOutBy === undefined ? undefined : judgedById.get(keptOutBy)
    const state = scheme === undefined ? OPEN : (schemes[scheme] ?? OPEN)
    const own: RuleJudgement = state.isSettled
      ? IN_ANOTHER
      : fallback?.holds === true
        ? {
            holds: false,
            until: Infinity,
            tell: () => ({ reason: `in ${keptOutBy}, the fallback: ${fallback.tell().reason}` }),
          }
        : judgeRule(rule, person, asOf, judgedById)
    // What comes before in its scheme, or the fallback, may begin to hold and take the person over, or let them go.
    const until = Math.min(state.until, own.until, fallback?.until ?? Infinity)
    judged.push(until === own.until ? own : { ...own, until })
    if (scheme !== undefined) schemes[scheme] = { isSettled: state.isSettled || own.holds, until }
  }
  return judged
}

const IN_ANOTHER: RuleJudgement = {
  holds: false,
  until: Infinity,
  tell: () => ({ reason: 'in another segment of the scheme' }),
}

/** What judging needs of definitions, all of one shape, and where each is among them. */
interface DefinitionPlan {
  readonly steps: readonly {
    readonly rule: SegmentRule
    /** The number of its scheme. */
    readonly scheme: number | undefined
    readonly keptOutBy: string | undefined
  }[]
  readonly placeOf: ReadonlyMap<string, number>
}

/** Definitions do not change, and everybody is judged by them. */
const planOf = new WeakMap<readonly SegmentDefinition[], DefinitionPlan>()

function planDefinitions(definitions: readonly SegmentDefinition[]): DefinitionPlan {
  const known = planOf.get(definitions)
  if (known !== undefined) return known
  const schemes = [...new Set(definitions.flatMap(({ scheme }) => scheme ?? []))]
  const plan = {
    steps: definitions.map(({ rule, scheme, keptOutBy }) => ({
      rule,
      keptOutBy,
      scheme: scheme === undefined ? undefined : schemes.indexOf(scheme),
    })),
    placeOf: new Map(definitions.map(({ id }, place) => [id, place])),
  }
  planOf.set(definitions, plan)
  return plan
}

/** A scheme in which nothing holds so far. */
const OPEN: SchemeState = { isSettled: false, until: Infinity }

/** Where a scheme stands: whether it has put the person somewhere, and until when time alone cannot change where. */
interface SchemeState {
  readonly isSettled: boolean
  readonly until: number
}
