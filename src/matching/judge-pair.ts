import type { NormalizedRecord } from '../record/normalized-record.ts'
import { areOtherParties } from './are-other-parties.ts'
import { areStrangers } from './are-strangers.ts'
import { compareRecords } from './compare-records.ts'
import { contradict } from './contradict.ts'
import type { IdentifierKind, IdentifierPolicies } from './identifier-policy.ts'
import { judge } from './judge.ts'
import type { Verdict } from './judge.ts'
import type { Model } from './model.ts'
import { removeBlockedValues } from './remove-blocked-values.ts'
import type { BlockedValues } from './remove-blocked-values.ts'
import { splitEmail } from './split-email.ts'
import { scorePair } from './score-pair.ts'
import type { PairScore } from './score-pair.ts'
import type { Scorer } from './scorer.ts'

export interface JudgementRules {
  /** What names and birth dates that contradict are told by, and what scores unless `scorer` does. */
  readonly model: Model
  /** Scores instead of `model`. */
  readonly scorer?: Scorer
  readonly policies: IdentifierPolicies
  readonly blocked: BlockedValues
  /** What a person decided about this very pair; outranks everything. */
  readonly decision?: 'same' | 'different'
}

export interface Judgement {
  readonly verdict: Verdict
  readonly because: 'identifier' | 'score' | 'decision'
  /** The strongest kind that linked, when `because` is `identifier`. */
  readonly identifierKind?: IdentifierKind
  readonly score: PairScore
  /**
   * How strongly, in bits, for building clusters. Match: log2 odds of one person, more for an identifier. No match:
   * at most -12 when names or birth dates contradict, else the log2 odds of a review, and for a distinct pair what
   * speaks against it beside the prior, which is 0 when nothing is known, so that it abstains. A multiple of
   * 1/1024, so that a 4-byte column keeps it exactly.
   */
  readonly strengthBits: number
}

/**
 * Bits of an identifier of priority 0; each priority below costs one. Above every sum of ordinary evidence
 * (name, birth date and phone together reach about 40), so that identifiers are joined first.
 */
const LINK_BITS = 60

/** A contradiction counts at least as much against as the clearest match counts for, `CohesionRule.clampBits`. */
const CONTRADICTION_BITS = -12

/**
 * From here a trained score outweighs names or birth dates that contradict: how often one person's do is learned and
 * in the score already. Eight to one, what `CohesionRule.contradictionBits` takes for a contradiction. With trained
 * models F1 of febrl3 is .975 with this rule and .832 without, of fake_1000 .764 and .582, both at the same
 * precision; of the Senzing set, where 159 records teach little, .908 and .916 (2026).
 */
const OUTWEIGHING_BITS = 3

/** Bits of a person's decision: beyond any link. */
export const DECISION_BITS = 100

/**
 * Judges whether two records are one person: a decision first, then shared identifiers that may link, then the
 * score, where names or birth dates that contradict turn a match into a review, unless the score was trained and
 * clear. Symmetric. Blocked values are ignored throughout. The score is always there, to explain.
 */
export function judgePair(a: NormalizedRecord, b: NormalizedRecord, rules: JudgementRules): Judgement {
  const left = removeBlockedValues(a, rules.blocked)
  const right = removeBlockedValues(b, rules.blocked)
  const vector = compareRecords(left, right, rules.model)
  const { scorer } = rules
  const score =
    scorer === undefined ? scorePair(vector, rules.model) : scorePair(scorer.compare(left, right), scorer.model)
  if (rules.decision !== undefined) {
    const isSame = rules.decision === 'same'
    return {
      verdict: isSame ? 'match' : 'distinct',
      because: 'decision',
      score,
      strengthBits: isSame ? DECISION_BITS : -DECISION_BITS,
    }
  }
  const isContradicted = contradict(vector, rules.model)
  const identifierKind = findLink(left, right, rules.policies, isContradicted, areStrangers(vector, rules.model))
  if (identifierKind !== undefined) {
    const strengthBits = LINK_BITS - rules.policies[identifierKind].priority
    return { verdict: 'match', because: 'identifier', identifierKind, score, strengthBits }
  }
  // Nothing known of both is no evidence, however many twins a file has.
  const isSilent = score.parts.every(({ comparison }) => comparison === 'household')
  const band = isSilent ? 'distinct' : judge(score, scorer?.model ?? rules.model)
  const isOutweighed =
    scorer !== undefined && score.oddsBits >= OUTWEIGHING_BITS && !areOtherParties(vector, rules.model)
  const isBarred = isContradicted && !isOutweighed
  const verdict = band === 'match' && isBarred ? 'review' : band
  return { verdict, because: 'score', score, strengthBits: strengthOf(verdict, score, isBarred) }
}

function strengthOf(verdict: Verdict, score: PairScore, isContradicted: boolean): number {
  const bits = verdict === 'distinct' ? Math.min(0, score.contrastBits) : score.oddsBits
  const bounded = isContradicted ? Math.min(bits, CONTRADICTION_BITS) : bits
  return Math.round(bounded * 1024) / 1024
}

/** The shared kind of the best priority that may link, ties by name. */
function findLink(
  a: NormalizedRecord,
  b: NormalizedRecord,
  policies: IdentifierPolicies,
  isContradicted: boolean,
  isStranger: boolean,
): IdentifierKind | undefined {
  let best: IdentifierKind | undefined
  for (const kind of findSharedKinds(a, b)) {
    const policy = policies[kind]
    if (policy.mode === 'evidence') continue
    if (policy.mode === 'link_unless_contradicted' && isContradicted) continue
    if (policy.mode === 'link_unless_strangers' && isStranger) continue
    if (best === undefined || policy.priority < policies[best].priority) best = kind
  }
  return best
}

/** A mailbox of a function is nobody's identifier. */
function findSharedKinds(a: NormalizedRecord, b: NormalizedRecord): readonly IdentifierKind[] {
  const kinds = new Set<IdentifierKind>()
  for (const left of a.identifiers) {
    // Contacts stand among the identifiers, too; below they are looked at for what they are.
    if (kinds.has(left.kind) || left.kind === 'email' || left.kind === 'phone') continue
    if (b.identifiers.some((right) => right.value === left.value && right.kind === left.kind)) kinds.add(left.kind)
  }
  if (a.emails.some((value) => b.emails.includes(value) && !splitEmail(value).isRole)) kinds.add('email')
  if (a.phones.some((value) => b.phones.includes(value))) kinds.add('phone')
  return kinds.size > 1 ? [...kinds].sort() : [...kinds]
}
