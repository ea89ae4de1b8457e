import type { Clustering } from '../../identity/cluster.ts'
import { describePlan, type PlanSummary } from '../../identity/describe-plan.ts'
import { planIdentity } from '../../identity/plan-identity.ts'
import type { IdentifierPolicies } from '../../matching/identifier-policy.ts'
import type { FoundEdge } from '../../matching/plan-groups.ts'
import { OnefoldError } from '../../errors.ts'
import { loadDecidedPairs } from '../../store/decision/load-decided-pairs.ts'
import { findProtections } from '../../store/decision/find-protections.ts'
import { countReviews } from '../../store/decision/count-reviews.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { findCandidatePairs } from '../../store/identity/find-candidate-pairs.ts'
import { loadIdentifiers } from '../../store/identity/load-identifiers.ts'
import { loadPlaces, type ResolvedPlace } from '../../store/identity/load-places.ts'
import { planRecordRanges } from '../../store/identity/plan-record-ranges.ts'
import type { JudgementRow } from '../../store/identity/save-judgements.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import { isInForce } from '../../store/model/find-application.ts'
import type { ModelChoice } from '../../store/model/find-applied-model.ts'
import type { Tx } from '../../store/open-store.ts'
import { countPending } from '../../store/verify/count-pending.ts'
import type { Context } from '../context.ts'
import { UNHEARD } from '../report-progress.ts'
import { clusterNeighbourhood } from '../resolve/cluster-neighbourhood.ts'
import { judgeStoredPairs } from '../resolve/judge-stored-pairs.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { planReach } from '../resolve/plan-reach.ts'

export interface ModelPlan extends PlanSummary {
  /** Versions as judgements name them. */
  readonly from: string
  readonly to: string
  /** Whether model and configured policies judge already. */
  readonly isInForce: boolean
  readonly records: number
  readonly pairs: number
  readonly reviewsBefore: number
  readonly reviewsAfter: number
}

/** Records whose pairs are found and judged at once. */
const RECORDS_AT_ONCE = 2_000

/**
 * What would change if a model, with the policies that are configured, judged all that is resolved, beside what is
 * published [K3]: every pair that runs would compare is judged by it, people's decisions and all rules included, and
 * nothing is written. What is kept in memory are matches and doubts, a few hundred bytes a record. Applying gives
 * exactly this, unless something comes in between.
 * Throws `model.not_found`, and `plan.not_worked_through` (conflict) while the next run has something to resolve.
 */
export async function planModel(context: Context, model: ModelChoice, report = UNHEARD): Promise<ModelPlan> {
  return inSnapshot(context.store.sql, async (tx) => {
    // Judging a million pairs between two statements takes minutes.
    await tx`SET LOCAL idle_in_transaction_session_timeout = '30min'`
    const { unresolved, decisions } = await countPending(tx)
    if (unresolved + decisions > 0) {
      throw new OnefoldError(
        'conflict',
        'plan.not_worked_through',
        'There is something that no run has resolved yet.',
        {
          details: { records: unresolved, decisions },
          hint: 'Let `onefold run` do it first; then the plan tells what the model alone changes.',
        },
      )
    }
    const { identifiers } = context.settings.identity
    const [from, judging] = [await loadJudging(context, tx), await loadJudging(context, tx, { model, identifiers })]
    const blocked = await findBlockedIdentifiers(tx)
    const judge = (pairs: readonly { readonly a: string; readonly b: string }[]): Promise<JudgementRow[]> =>
      judgeStoredPairs(context, tx, pairs, blocked, judging)

    const found: FoundEdge[] = []
    let pairs = 0
    const ranges = await planRecordRanges(tx, 'resolved', RECORDS_AT_ONCE)
    for (const [done, range] of ranges.entries()) {
      report(done * RECORDS_AT_ONCE, ranges.length * RECORDS_AT_ONCE)
      const candidates = await findCandidatePairs(tx, range, context.settings.identity.max_block, 'resolved')
      pairs += candidates.length
      for (const row of await judge(candidates)) if (row.verdict !== 'distinct') found.push(toEdge(row))
    }
    const places = await loadPlaces(tx)
    const clustering = await clusterAll(tx, places, found, { blocked, policies: judging.policies, judge })
    const previous = new Map(places.map(({ recordId, profileId }) => [recordId, profileId]))
    const seqs = new Map(places.map(({ recordId, seq }) => [recordId, seq]))
    const plan = planIdentity(previous, clustering, (recordId) => seqs.get(recordId) ?? 0)
    const reviews = await countReviews(tx)
    return {
      from: from.modelVersion,
      to: judging.modelVersion,
      isInForce: await isInForce(tx, { model, identifiers }),
      records: places.length,
      pairs,
      reviewsBefore: reviews.reduce((sum, { reviews: count }) => sum + count, 0),
      reviewsAfter: clustering.refused.length,
      ...describePlan(previous, plan),
    }
  })
}

async function clusterAll(
  tx: Tx,
  places: readonly ResolvedPlace[],
  found: readonly FoundEdge[],
  {
    blocked,
    policies,
    judge,
  }: {
    readonly blocked: ReadonlySet<string>
    readonly policies: IdentifierPolicies
    readonly judge: (pairs: readonly { readonly a: string; readonly b: string }[]) => Promise<JudgementRow[]>
  },
): Promise<Pick<Clustering, 'clusters' | 'refused'>> {
  const known = new Set(places.map(({ recordId }) => recordId))
  const decided = (await loadDecidedPairs(tx)).filter(({ a, b }) => known.has(a) && known.has(b))
  // Nothing speaks for joining the others to anybody: they need no identifiers and are clusters of their own.
  const touched = new Set([...found, ...decided].flatMap(({ a, b }) => [a, b]))
  const nodes = places.filter(({ recordId }) => touched.has(recordId))
  const reach = {
    nodes,
    edges: found.map(({ strength, ...edge }) => ({ ...edge, strengthBits: strength })),
    decided,
    protectedIds: await findProtections(tx),
    identifiers: await loadIdentifiers(tx, [...touched]),
    blocked,
  }
  const { edges, unjudged } = planReach(reach)
  const judged = (await judge(unjudged)).map(toEdge)
  const { clusters, refused } = clusterNeighbourhood(reach, [...edges, ...judged], policies)
  const alone = places.filter(({ recordId }) => !touched.has(recordId)).map(({ recordId }) => [recordId])
  return { clusters: [...clusters, ...alone], refused }
}

/** Weights as they would be stored, in single precision. */
function toEdge({ a, b, verdict, strengthBits }: JudgementRow): FoundEdge {
  return { a, b, verdict, strength: Math.fround(strengthBits), inGroup: false }
}
