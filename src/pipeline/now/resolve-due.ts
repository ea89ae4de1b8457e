import { compileSegments } from '../../segment/compile-segments.ts'
import type { AuditNote } from '../../store/audit/append-audit.ts'
import { beginDerivations, compareDerivations } from '../../store/behaviour/keep-derivation-settings.ts'
import { saveDefinitions } from '../../store/behaviour/save-definitions.ts'
import { blockSharedIdentifiers } from '../../store/identity/block-shared-identifiers.ts'
import { countDue } from '../../store/identity/count-due.ts'
import { findCandidatePairs } from '../../store/identity/find-candidate-pairs.ts'
import { lockNewRecords } from '../../store/identity/lock-new-records.ts'
import { lockReceivedRecords } from '../../store/identity/lock-received-records.ts'
import type { SeqRange } from '../../store/identity/plan-record-ranges.ts'
import { recompareUnclustered } from '../../store/identity/recompare-unclustered.ts'
import { recompareCarriers } from '../../store/identity/recompare-carriers.ts'
import { replaceKeys } from '../../store/identity/replace-keys.ts'
import { isInForce } from '../../store/model/find-application.ts'
import { findUnpublishedModel } from '../../store/model/find-unpublished-model.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { describeDerivations } from '../derive/describe-derivations.ts'
import { PAGE_ROWS } from '../ingest/admitted-batch.ts'
import { type Clustered, clusterTouched } from '../resolve/cluster-stage.ts'
import { comparePairs } from '../resolve/compare-stage.ts'
import { countKeys, deriveKeysOf } from '../resolve/keys-stage.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import type { Instant } from '../read-as-of.ts'
import { deriveTouched } from './derive-touched.ts'

/** Records that a pass resolves at most; some seconds of work. More waits for a walk, which many workers share. */
const DUE_AT_ONCE = 5_000

const ALL: SeqRange = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** What becomes of who is who when nobody is new. */
const UNCHANGED = { plan: { merged: [], retired: [], split: [] }, revived: 0, counts: {}, notes: [] } as const

/** What a pass made of what was due. */
export interface ResolvedDue {
  readonly counts: Readonly<Record<string, number>>
  /** Whether who is who was asked; otherwise what arrived is of people who were known. */
  readonly isAnybodyNew: boolean
  readonly notes: readonly AuditNote[]
}

/**
 * Does for all that is due what a walk along the path does, by the same functions, inside one transaction: keys,
 * compare, cluster, stitch with features, compose, segment, publish. Only the profiles that it touches are computed and
 * published, of those that are known and did something `mostStitched` at most; scores, which need everybody, stay as the
 * last walk made them. Undefined, with nothing done, when more is due than a pass should do, or when a walk would first
 * judge by another model or other policies, or derive everybody by other settings: what passes derive is to be like the
 * rest. The caller holds the path (`holdPath`).
 */
export async function resolveDue(
  outer: Context,
  tx: Tx,
  runId: string,
  instant: Instant,
  mostStitched = Infinity,
): Promise<ResolvedDue | undefined> {
  const { settings } = outer
  const context = { ...outer, opened: new Map() }
  const definitions = compileSegments(settings.segments)
  const derivations = describeDerivations(settings, definitions)
  const [due, derivedBy] = await Promise.all([
    countDue(tx, DUE_AT_ONCE, Math.min(mostStitched, DUE_AT_ONCE + 1)),
    compareDerivations(tx, derivations),
  ])
  const records = due.pages * PAGE_ROWS + due.records + due.unstitched + due.stale
  if (records > DUE_AT_ONCE || derivedBy === 'others') return undefined
  if (derivedBy === 'none') await Promise.all([beginDerivations(tx, derivations), saveDefinitions(tx, definitions)])
  // Events of people who are known change nothing about who is who.
  const isAnybodyNew = due.pages + due.records + due.decisions > 0
  const resolved = isAnybodyNew ? await resolveIdentity(context, tx, runId) : UNCHANGED
  if (resolved === undefined) return undefined
  const { plan, revived, counts, notes } = resolved
  const derived = await deriveTouched(context, tx, { ...plan, revived }, instant, mostStitched)
  return {
    counts: { ...counts, ...derived },
    isAnybodyNew,
    notes: [
      ...notes,
      { actor: context.actor, action: 'profiles.published', subject: runId, details: { profiles: derived.published } },
    ],
  }
}

/** Keys, compare and cluster for all that is due; undefined, with nothing done, when a walk would judge otherwise first. */
async function resolveIdentity(context: Context, tx: Tx, runId: string): Promise<Clustered | undefined> {
  const { identifiers, max_people_per_identifier, max_block } = context.settings.identity
  const model = await findUnpublishedModel(tx)
  if (model !== undefined && !(await isInForce(tx, { model, identifiers }))) return undefined
  const [received, fresh] = await Promise.all([
    lockReceivedRecords(tx, { fromPage: 0, toPage: Number.MAX_SAFE_INTEGER }),
    lockNewRecords(tx, ALL),
  ])
  const ids = [...received, ...fresh]
  const keys = await deriveKeysOf(context, tx, ids)
  const [, blocked, , found, judging] = await Promise.all([
    replaceKeys(tx, ids, keys),
    blockSharedIdentifiers(tx, max_people_per_identifier, 'keyed'),
    // Neighbours that new keys touched among them: they have to meet what is new, too.
    recompareUnclustered(tx),
    findCandidatePairs(tx, ALL, max_block),
    loadJudging(context, tx),
  ])
  let pairs = found
  if (blocked.length > 0) {
    await recompareCarriers(tx, blocked)
    await recompareUnclustered(tx)
    pairs = await findCandidatePairs(tx, ALL, max_block)
  }
  const compared = await comparePairs(context, tx, ALL, pairs, judging)
  const clustered = await clusterTouched(context, tx, runId, judging)
  return { ...clustered, counts: { ...countKeys(ids, keys), ...compared, ...clustered.counts } }
}
