import { countWithin, type TimedValue } from '../../identity/count-within.ts'
import { DEFAULT_COHESION } from '../../identity/index-graph.ts'
import { DEFAULT_BLOCKING_RULES } from '../../matching/blocking-rules.ts'
import { deriveLimits } from '../../matching/derive-limits.ts'
import { explainPair, type PairExplanation } from '../../matching/explain-pair.ts'
import type { IdentifierPolicies } from '../../matching/identifier-policy.ts'
import type { Decision } from '../../store/decision/decision.ts'
import { findForbiddingDecisions } from '../../store/decision/find-forbidding-decisions.ts'
import { findSharedKeys } from '../../store/identity/find-shared-keys.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { findTwoRecords } from './find-records.ts'
import { recluster, type Recluster } from './recluster.ts'

/** One thing that keeps two records in different profiles. */
export type SeparationReason =
  /** The sources of these have deleted them. */
  | { readonly kind: 'deleted'; readonly records: readonly string[] }
  /** The next run has still to look at one of them. */
  | { readonly kind: 'not_resolved_yet' }
  /** The pair alone: no identifier that links, and too few bits. */
  | { readonly kind: 'below_threshold'; readonly totalBits: number; readonly matchBits: number }
  /** The score would do, but names or birth dates say two people. */
  | { readonly kind: 'contradicted'; readonly totalBits: number }
  | { readonly kind: 'nothing_to_compare' }
  /** They would match, but share nothing that makes runs compare them. */
  | { readonly kind: 'no_shared_key' }
  /** They share keys, all of which too many records have. */
  | { readonly kind: 'keys_too_common'; readonly rules: readonly string[] }
  /** A matching pair would join their groups, more values of a kind than a profile may have. */
  | { readonly kind: 'identifier_limit'; readonly pair: Pair; readonly exceeded: readonly ExceededLimit[] }
  /** A matching pair would join their groups, but others across contradict. */
  | { readonly kind: 'cohesion'; readonly pair: Pair; readonly against: readonly WeighedPair[] }
  /** A matching pair would join their groups, but both hold a record whose profile only a person joins to such another. */
  | { readonly kind: 'protection'; readonly pair: Pair }
  /** A matching pair would join their groups, but a person keeps records of them apart. */
  | { readonly kind: 'never_link'; readonly pair: Pair }
  /** A person keeps these apart: the two themselves, or records of their groups. */
  | { readonly kind: 'decision'; readonly pair: Pair; readonly decidedBy: string; readonly decidedAt: Date }

type Pair = readonly [string, string]

interface ExceededLimit {
  readonly identifierKind: string
  readonly together: number
  readonly allowed: number
  /** Counted within a window of so many milliseconds; absent: over all time. */
  readonly withinMs?: number
}

interface WeighedPair {
  readonly a: string
  readonly b: string
  readonly strengthBits: number
}

export interface SeparationExplanation {
  readonly recordIds: Pair
  readonly profileIds: readonly [string | undefined, string | undefined]
  /** Empty when they are one profile: there is nothing to explain. */
  readonly reasons: readonly SeparationReason[]
  /** Blocking rules by which runs compare the two. */
  readonly comparedBy: readonly string[]
  readonly explanation: PairExplanation
}

/** Shown of what contradicts: the strongest. */
const MOST_SHOWN = 5

/** Why two records are not one person [C7]: every reason there is, from the pair itself to its surroundings. Labels and numbers only. */
export async function explainSeparation(context: Context, left: string, right: string): Promise<SeparationExplanation> {
  return inTransaction(context.store.sql, async (tx) => {
    const [first, second] = await findTwoRecords(context, tx, [left, right])
    const recordIds: Pair = [first.recordId, second.recordId]
    const judging = await loadJudging(context, tx)
    const explanation = explainPair(first.record, second.record, judging.open([first.record, second.record]))
    const keys = await findSharedKeys(tx, ...recordIds, context.settings.identity.max_block)
    const nameRule = ({ rule }: { readonly rule: number }): string => DEFAULT_BLOCKING_RULES[rule]?.name ?? String(rule)
    const comparedBy = [...new Set(keys.filter(({ isUsed }) => isUsed).map(nameRule))]
    const around = await recluster(tx, judging.policies, recordIds)
    const profileOf = new Map(around.reach.nodes.map(({ recordId, profileId }) => [recordId, profileId ?? undefined]))
    const profileIds = [profileOf.get(recordIds[0]), profileOf.get(recordIds[1])] as const
    const explained = { recordIds, profileIds, comparedBy, explanation }
    if (profileIds[0] !== undefined && profileIds[0] === profileIds[1]) return { ...explained, reasons: [] }
    const found = [first, second].map(({ recordId, record }, side) => ({
      recordId,
      isDeleted: record.deleted === true,
      isUnresolved: record.deleted !== true && profileIds[side] === undefined,
    }))
    const deleted = found.filter(({ isDeleted }) => isDeleted).map(({ recordId }) => recordId)
    const isMatch = explanation.judgement.verdict === 'match'
    return {
      ...explained,
      reasons: [
        ...(await findForbiddingDecisions(tx, ...recordIds)).map(toReason),
        ...(deleted.length > 0 ? [{ kind: 'deleted', records: deleted } as const] : []),
        ...(found.some(({ isUnresolved }) => isUnresolved) ? [{ kind: 'not_resolved_yet' } as const] : []),
        ...(isMatch ? [] : [judgePairAlone(explanation)]),
        ...(isMatch && keys.length === 0 ? [{ kind: 'no_shared_key' } as const] : []),
        ...(isMatch && keys.length > 0 && comparedBy.length === 0
          ? [{ kind: 'keys_too_common', rules: [...new Set(keys.map(nameRule))] } as const]
          : []),
        ...findRefusals(around, judging.policies, recordIds),
      ],
    }
  })
}

function toReason({ a, b, decidedBy, decidedAt }: Decision): SeparationReason {
  return { kind: 'decision', pair: [a, b], decidedBy, decidedAt }
}

function judgePairAlone({ judgement, totalBits, matchBits }: PairExplanation): SeparationReason {
  if (judgement.score.parts.length === 0) return { kind: 'nothing_to_compare' }
  return totalBits >= matchBits
    ? { kind: 'contradicted', totalBits }
    : { kind: 'below_threshold', totalBits, matchBits }
}

/** Why a matching pair, not necessarily the two themselves, did not join the groups that the two are in. */
function findRefusals(around: Recluster, policies: IdentifierPolicies, [left, right]: Pair): SeparationReason[] {
  const groupOf = (id: string): ReadonlySet<string> =>
    new Set(around.clustering.clusters.find((members) => members.includes(id)))
  const [one, other] = [groupOf(left), groupOf(right)]
  const isAcross = ({ a, b }: { readonly a: string; readonly b: string }): boolean =>
    (one.has(a) && other.has(b)) || (one.has(b) && other.has(a))
  return around.clustering.refused.filter(isAcross).flatMap(({ a, b, reason }): SeparationReason[] => {
    const pair: Pair = [a, b]
    if (reason === 'identifier_limit')
      return [{ kind: reason, pair, exceeded: findExceeded(around, policies, one, other) }]
    if (reason === 'never_link' || reason === 'protection') return [{ kind: reason, pair }]
    if (reason === 'score') return []
    const against = around.reach.edges
      .filter((edge) => isAcross(edge) && edge.verdict !== 'match')
      .filter(({ strengthBits }) => strengthBits <= -DEFAULT_COHESION.contradictionBits)
      .sort((x, y) => x.strengthBits - y.strengthBits || (x.a < y.a ? -1 : 1))
      .slice(0, MOST_SHOWN)
      .map(({ a: from, b: to, strengthBits }) => ({ a: from, b: to, strengthBits }))
    return [{ kind: reason, pair, against }]
  })
}

function findExceeded(
  { reach }: Recluster,
  policies: IdentifierPolicies,
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
): ExceededLimit[] {
  const limits = deriveLimits(policies)
  const timeOf = new Map(reach.nodes.map(({ recordId, updatedAtMs }) => [recordId, updatedAtMs ?? Number.NaN]))
  const values = new Map<string, TimedValue[]>()
  for (const { recordId, kind, hash } of reach.identifiers) {
    if (reach.blocked.has(hash) || !(one.has(recordId) || other.has(recordId))) continue
    const carried = { value: hash, atMs: timeOf.get(recordId) ?? Number.NaN }
    values.set(kind, [...(values.get(kind) ?? []), carried])
  }
  return [...values].flatMap(([identifierKind, carried]) => {
    const { most: allowed = Infinity, withinMs = Infinity } = limits[identifierKind] ?? {}
    const together = countWithin(carried, withinMs)
    if (together <= allowed) return []
    return [{ identifierKind, together, allowed, ...(withinMs < Infinity && { withinMs }) }]
  })
}
