import type { ClusterEdge } from '../../identity/index-graph.ts'
import { type IdentityPlan, planIdentity } from '../../identity/plan-identity.ts'
import { derivePseudonym } from '../../privacy/derive-pseudonym.ts'
import { appendAudit, type AuditNote } from '../../store/audit/append-audit.ts'
import { takeUpDecisions } from '../../store/decision/take-up-decisions.ts'
import { applyIdentityPlan } from '../../store/identity/apply-identity-plan.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { forgetJudgements } from '../../store/identity/forget-judgements.ts'
import { loadNeighbourhood, type Neighbourhood } from '../../store/identity/load-neighbourhood.ts'
import { markResolved } from '../../store/identity/mark-resolved.ts'
import { replaceReviews } from '../../store/identity/replace-reviews.ts'
import { saveJudgements } from '../../store/identity/save-judgements.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import type { Context } from '../context.ts'
import type { Stage } from '../stage.ts'
import { clusterNeighbourhood } from './cluster-neighbourhood.ts'
import { judgeStoredPairs } from './judge-stored-pairs.ts'
import { loadJudging } from './load-judging.ts'
import { planReach } from './plan-reach.ts'

/** What consumers' ids are derived for. */
const CONSUMER_PURPOSE = 'consumer'

/** judgements and decisions → clusters → profiles. One chunk: clusters depend on all that is within reach of what changed. */
export const clusterStage: Stage = {
  name: 'cluster',
  plan: async (_context, tx) => {
    const due = await tx`
      SELECT FROM onefold.records WHERE resolution = 'compared'
      UNION ALL SELECT FROM onefold.decisions WHERE taken_up_at IS NULL LIMIT 1`
    return due.length === 0 ? [] : [{}]
  },
  work: (context, chunk) => inLease(context.store.sql, chunk, (tx) => clusterTouched(context, chunk, tx)),
}

async function clusterTouched(context: Context, chunk: LeasedChunk, tx: Tx): Promise<void> {
  // A large neighbourhood computes for minutes between two statements.
  await tx`SET LOCAL idle_in_transaction_session_timeout = '30min'`
  const taken = await takeUpDecisions(tx)
  const reach = await loadNeighbourhood(
    tx,
    tx`resolution = 'compared' OR (resolution = 'resolved' AND record_id = ANY(${taken.recordIds}::uuid[]))`,
  )
  const blocked = await findBlockedIdentifiers(tx)
  const edges = await judgeGroups(context, tx, reach, blocked)
  const clustering = clusterNeighbourhood(reach, edges, blocked)
  const seqs = new Map(reach.nodes.map(({ recordId, seq }) => [recordId, seq]))
  const previous = new Map<string, string>()
  for (const { recordId, profileId } of reach.nodes) if (profileId !== null) previous.set(recordId, profileId)
  const plan = planIdentity(previous, clustering, (recordId) => seqs.get(recordId) ?? 0)
  await applyIdentityPlan(tx, chunk.runId, {
    created: plan.created.map((profileId) => ({
      profileId,
      pseudonym: derivePseudonym(context.keyring, profileId, CONSUMER_PURPOSE),
    })),
    merged: plan.merged,
    split: plan.split,
    retired: plan.retired,
    moved: plan.moved.map((recordId) => ({ recordId, profileId: plan.memberships.get(recordId) as string })),
  })
  const ids = reach.nodes.map(({ recordId }) => recordId)
  await replaceReviews(
    tx,
    ids,
    clustering.refused.map(({ a, b, reason, strength }) => ({ a, b, reason, weightBits: strength })),
  )
  await markResolved(tx)
  await finishChunk(tx, chunk, {
    clustered: ids.length,
    clusters: clustering.clusters.length,
    profilesCreated: plan.created.length,
    profilesMerged: plan.merged.length,
    profilesSplit: plan.split.length,
    reviewsOpen: clustering.refused.length,
    decisions: taken.decisions,
  })
  await appendAudit(tx, ...noteChanges(context, chunk, plan))
}

/** Judges what no blocking rule found inside each group of matching records, so that a bridge between two people shows. */
async function judgeGroups(
  context: Context,
  tx: Tx,
  reach: Neighbourhood,
  blocked: ReadonlySet<string>,
): Promise<ClusterEdge[]> {
  const { edges, unjudged, stale } = planReach(reach)
  const judging = await loadJudging(context, tx)
  const rows = await judgeStoredPairs(context, tx, unjudged, blocked, judging)
  await forgetJudgements(tx, stale)
  await saveJudgements(tx, rows, judging.modelVersion, true)
  return [
    ...edges,
    // Stored weights are single precision: the same numbers must be seen now and at the next run.
    ...rows.map(({ a, b, verdict, strengthBits }) => ({ a, b, verdict, strength: Math.fround(strengthBits) })),
  ]
}

function noteChanges(context: Context, chunk: LeasedChunk, plan: IdentityPlan): AuditNote[] {
  const { actor } = context
  const note =
    (action: string) =>
    (change: { from: string; to: string }): AuditNote => ({
      actor,
      action,
      subject: change.from,
      details: { to: change.to, runId: chunk.runId },
    })
  return [
    ...plan.merged.map(note('profile.merged')),
    ...plan.split.map(note('profile.split')),
    {
      actor,
      action: 'identity.clustered',
      subject: chunk.runId,
      details: {
        created: plan.created.length,
        merged: plan.merged.length,
        split: plan.split.length,
        moved: plan.moved.length,
      },
    },
  ]
}
