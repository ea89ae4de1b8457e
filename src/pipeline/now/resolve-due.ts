import type { Settings } from '../../config/settings.ts'
import { compileSegments } from '../../segment/compile-segments.ts'
import type { AuditNote } from '../../store/audit/append-audit.ts'
import { compareDefinitions, saveDefinitions } from '../../store/behaviour/save-definitions.ts'
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
import type { Store, Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { PAGE_ROWS } from '../ingest/admitted-batch.ts'
import { clusterTouched } from '../resolve/cluster-stage.ts'
import { comparePairs } from '../resolve/compare-stage.ts'
import { countKeys, deriveKeysOf } from '../resolve/keys-stage.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { deriveTouched } from './derive-touched.ts'

/** Records that a pass resolves at most; some seconds of work. More waits for a walk, which many workers share. */
const DUE_AT_ONCE = 5_000

const ALL: SeqRange = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** The segments that a store is known to keep: rules once kept never change, so they are looked at once. */
const keptDefinitions = new WeakMap<Store, Settings['segments']>()

/** What a pass made of what was due. */
export interface ResolvedDue {
  readonly counts: Readonly<Record<string, number>>
  readonly notes: readonly AuditNote[]
}

/**
 * Does for all that is due what a walk along the path does, by the same functions, inside one transaction: keys,
 * compare, cluster, stitch, compose, compute, segment, publish. Only the profiles that it touches are computed and
 * published; scores, which need everybody, stay as the last walk made them. Undefined, with nothing done, when more is
 * due than a pass should do, a walk would judge by another model or other policies first, or could not begin for a segment. The caller holds the path (`holdPath`).
 */
export async function resolveDue(outer: Context, tx: Tx, runId: string, asOf: Date): Promise<ResolvedDue | undefined> {
  const { store, settings } = outer
  const context = { ...outer, opened: new Map() }
  const definitions = compileSegments(settings.segments)
  const isKnown = keptDefinitions.get(store) === settings.segments
  const [due, model, { changedRule, areKept }] = await Promise.all([
    countDue(tx, DUE_AT_ONCE),
    findUnpublishedModel(tx),
    isKnown ? { changedRule: undefined, areKept: true } : compareDefinitions(tx, definitions),
  ])
  if (areKept) keptDefinitions.set(store, settings.segments)
  const records = due.pages * PAGE_ROWS + due.records + due.unstitched + due.stale
  if (records > DUE_AT_ONCE || changedRule !== undefined) return undefined
  const { identifiers } = context.settings.identity
  if (model !== undefined && !(await isInForce(tx, { model, identifiers }))) return undefined
  if (!areKept) await saveDefinitions(tx, definitions)
  const [received, fresh] = await Promise.all([
    lockReceivedRecords(tx, { fromPage: 0, toPage: Number.MAX_SAFE_INTEGER }),
    lockNewRecords(tx, ALL),
  ])
  const ids = [...received, ...fresh]
  const keys = await deriveKeysOf(context, tx, ids)
  const { max_people_per_identifier, max_block } = context.settings.identity
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
  const { plan, revived, counts, notes } = await clusterTouched(context, tx, runId, judging)
  const derived = await deriveTouched(context, tx, { ...plan, revived }, asOf)
  return {
    counts: { ...countKeys(ids, keys), ...compared, ...counts, ...derived },
    notes: [
      ...notes,
      { actor: context.actor, action: 'profiles.published', subject: runId, details: { profiles: derived.published } },
    ],
  }
}
