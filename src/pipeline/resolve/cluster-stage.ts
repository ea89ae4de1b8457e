import type { ClusterEdge } from '../../identity/index-graph.ts'
import { type IdentityPlan, planIdentity } from '../../identity/plan-identity.ts'
import { derivePseudonym } from '../../privacy/derive-pseudonym.ts'
import { appendAudit, type AuditNote } from '../../store/audit/append-audit.ts'
import { type MovedProtection, moveProtections } from '../../store/decision/move-protections.ts'
import { takeUpDecisions } from '../../store/decision/take-up-decisions.ts'
import { applyIdentityPlan, type IdentityChange } from '../../store/identity/apply-identity-plan.ts'
import { forgetJudgements } from '../../store/identity/forget-judgements.ts'
import {
  loadNeighbourhood,
  type Neighbourhood,
  type TouchedNeighbourhood,
} from '../../store/identity/load-neighbourhood.ts'
import { markResolved } from '../../store/identity/mark-resolved.ts'
import { replaceReviews } from '../../store/identity/replace-reviews.ts'
import { saveJudgements } from '../../store/identity/save-judgements.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import type { Context } from '../context.ts'
import type { Stage } from '../stage.ts'
import { clusterNeighbourhood } from './cluster-neighbourhood.ts'
import { judgeStoredPairs } from './judge-stored-pairs.ts'
import { type Judging, loadJudging } from './load-judging.ts'
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
  work: (context, chunk) =>
    inLease(context.store.sql, chunk, async (tx) => {
      const { counts, notes } = await clusterTouched(context, tx, chunk.runId)
      await finishChunk(tx, chunk, counts)
      await appendAudit(tx, ...notes)
    }),
}

/** What clustering changed. */
export interface Clustered {
  readonly plan: IdentityPlan
  /** Profiles that came to life again. */
  readonly revived: number
  readonly counts: Readonly<Record<string, number>>
  /** For the audit log, which is written last. */
  readonly notes: readonly AuditNote[]
}

/** Clusters all that is within reach of compared records and new decisions, and applies what follows to the profiles. */
export async function clusterTouched(context: Context, tx: Tx, runId: string, judging?: Judging): Promise<Clustered> {
  // A large neighbourhood computes for minutes between two statements.
  const idling = tx`SET LOCAL idle_in_transaction_session_timeout = '30min'`
  const [taken, inForce] = await Promise.all([takeUpDecisions(tx), judging ?? loadJudging(context, tx), idling])
  const seeds = tx`resolution = 'compared' OR (resolution = 'resolved' AND record_id = ANY(${taken.recordIds}::uuid[]))`
  const reach = await loadNeighbourhood(tx, seeds)
  const edges = await judgeGroups(context, tx, reach, inForce)
  const inherited = findHeirs(reach)
  const protectedIds = [...new Set([...reach.protectedIds, ...inherited.map(({ to }) => to)])].sort()
  const clustering = clusterNeighbourhood({ ...reach, protectedIds }, edges, inForce.policies)
  const seqs = new Map(reach.nodes.map(({ recordId, seq }) => [recordId, seq]))
  const previous = new Map<string, string>()
  for (const { recordId, profileId } of [...reach.nodes, ...reach.deleted])
    if (profileId !== null) previous.set(recordId, profileId)
  const plan = planIdentity(previous, clustering, (recordId) => seqs.get(recordId) ?? 0)
  const ids = [...reach.nodes, ...reach.deleted].map(({ recordId }) => recordId)
  const refused = clustering.refused.map(({ a, b, reason, strength }) => ({ a, b, reason, weightBits: strength }))
  const change: IdentityChange = {
    created: plan.created.map((profileId) => ({
      profileId,
      pseudonym: derivePseudonym(context.keyring, profileId, CONSUMER_PURPOSE),
    })),
    merged: plan.merged,
    split: plan.split,
    retired: plan.retired,
    left: plan.left,
    touched: findTouched(previous, plan),
    moved: plan.moved.map((recordId) => ({ recordId, profileId: plan.memberships.get(recordId) as string })),
  }
  // Sent together and done in this order.
  const [{ revived }] = await Promise.all([
    applyIdentityPlan(tx, runId, change),
    replaceReviews(tx, ids, refused),
    moveProtections(tx, inherited),
    markResolved(tx, reach.seedIds),
  ])
  const counts = {
    clustered: reach.nodes.length,
    clusters: clustering.clusters.length,
    profilesCreated: plan.created.length,
    profilesMerged: plan.merged.length,
    profilesSplit: plan.split.length,
    recordsDeleted: plan.left.length,
    reviewsOpen: clustering.refused.length,
    decisions: taken.decisions,
  }
  return { plan, revived, counts, notes: noteChanges(context, runId, plan, inherited) }
}

/** Who protects a profile on, when the record that did is deleted: the earliest of those that are left. */
function findHeirs({ nodes, deleted }: TouchedNeighbourhood): readonly MovedProtection[] {
  return deleted.flatMap(({ recordId, profileId, isProtected }) => {
    if (!isProtected || profileId === null) return []
    const fellows = nodes.filter((node) => node.profileId === profileId)
    const [heir] = fellows.toSorted((a, b) => a.seq - b.seq || (a.recordId < b.recordId ? -1 : 1))
    return heir === undefined ? [] : [{ from: recordId, to: heir.recordId }]
  })
}

/** The profiles that records come to or go from. */
function findTouched(previous: ReadonlyMap<string, string>, { moved, left, memberships }: IdentityPlan): string[] {
  const profiles = [...moved, ...left].flatMap((record) => [previous.get(record), memberships.get(record)])
  return [...new Set(profiles.filter((profile) => profile !== undefined))].sort()
}

/** Judges what no blocking rule found inside each group of matching records, so that a bridge between two people shows. */
async function judgeGroups(context: Context, tx: Tx, reach: Neighbourhood, judging: Judging): Promise<ClusterEdge[]> {
  const { edges, unjudged, stale } = planReach(reach)
  const rows = await judgeStoredPairs(context, tx, unjudged, reach.blocked, judging)
  await forgetJudgements(tx, stale)
  await saveJudgements(tx, rows, judging.modelVersion, true)
  return [
    ...edges,
    // Stored weights are single precision: the same numbers must be seen now and at the next run.
    ...rows.map(({ a, b, verdict, strengthBits }) => ({ a, b, verdict, strength: Math.fround(strengthBits) })),
  ]
}

function noteChanges(
  context: Context,
  runId: string,
  plan: IdentityPlan,
  inherited: readonly MovedProtection[],
): AuditNote[] {
  const { actor } = context
  const note =
    (action: string) =>
    (change: { from: string; to: string }): AuditNote => ({
      actor,
      action,
      subject: change.from,
      details: { to: change.to, runId },
    })
  return [
    ...plan.merged.map(note('profile.merged')),
    ...plan.split.map(note('profile.split')),
    ...inherited.map(note('profile.protection_inherited')),
    ...plan.retired.map((subject) => ({ actor, action: 'profile.retired', subject, details: { runId } })),
    {
      actor,
      action: 'identity.clustered',
      subject: runId,
      details: {
        created: plan.created.length,
        merged: plan.merged.length,
        split: plan.split.length,
        moved: plan.moved.length,
        deleted: plan.left.length,
      },
    },
  ]
}
