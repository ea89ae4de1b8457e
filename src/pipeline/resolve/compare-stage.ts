import { appendAudit, type AuditNote } from '../../store/audit/append-audit.ts'
import { blockSharedIdentifiers } from '../../store/identity/block-shared-identifiers.ts'
import { countLargeBlocks } from '../../store/identity/count-large-blocks.ts'
import { type CandidatePair, findCandidatePairs } from '../../store/identity/find-candidate-pairs.ts'
import { planRecordRanges, type SeqRange } from '../../store/identity/plan-record-ranges.ts'
import { recompareUnclustered } from '../../store/identity/recompare-unclustered.ts'
import { recompareCarriers } from '../../store/identity/recompare-carriers.ts'
import { saveJudgements } from '../../store/identity/save-judgements.ts'
import { markCompared } from '../../store/identity/mark-compared.ts'
import { applyModel } from '../../store/model/apply-model.ts'
import { isConfiguredInForce } from '../../store/model/find-application.ts'
import type { ModelChoice } from '../../store/model/find-applied-model.ts'
import { findUnpublishedModel } from '../../store/model/find-unpublished-model.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import type { Run } from '../../store/run/load-run.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import type { Context } from '../context.ts'
import type { Stage } from '../stage.ts'
import { judgeStoredPairs } from './judge-stored-pairs.ts'
import { type Judging, loadJudging } from './load-judging.ts'

/** keyed records → candidates → judgements. A chunk is a range of records, compared with everything known. */
export const compareStage: Stage = { name: 'compare', plan: planComparing, work: compare }

async function planComparing(context: Context, tx: Tx, run: Run): Promise<SeqRange[]> {
  const { max_people_per_identifier, max_block } = context.settings.identity
  const blocked = await blockSharedIdentifiers(tx, max_people_per_identifier)
  // What was judged while these still linked must not depend on what had come by then.
  await recompareCarriers(tx, blocked)
  await recompareUnclustered(tx)
  const note = await changeModel(context, tx, run)
  const ranges = await planRecordRanges(tx, 'keyed', 2_000)
  const large = ranges.length === 0 ? 0 : await countLargeBlocks(tx, max_block)
  if (blocked.length + large > 0)
    context.log.info({ blocked: blocked.length, large }, 'shared identifiers blocked, large blocks narrowed')
  if (note !== undefined) await appendAudit(tx, note)
  return ranges
}

/**
 * Applies the model that the run was opened for; without one a new model, as long as there is no profile to change. The
 * policies that are configured go with it.
 */
async function changeModel(context: Context, tx: Tx, { params }: Run): Promise<AuditNote | undefined> {
  const { identifiers } = context.settings.identity
  const model = (params['model'] as ModelChoice | undefined) ?? (await findUnpublishedModel(tx))
  if (model === undefined) {
    if (!(await isConfiguredInForce(tx, identifiers)))
      context.log.warn(
        {},
        'identity.identifiers has changed: `onefold plan` tells what would follow, `onefold apply` does it',
      )
    return undefined
  }
  const applied = await applyModel(tx, { model, identifiers }, context.actor)
  if (applied === undefined) return undefined
  const { before, records } = applied
  context.log.info({ model, records }, 'a new model: all records are compared again')
  return { actor: context.actor, action: 'model.applied', subject: String(model), details: { before, records } }
}

async function compare(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const range = chunk.reference as unknown as SeqRange
    const judging = await loadJudging(context, tx)
    const pairs = await findCandidatePairs(tx, range, context.settings.identity.max_block)
    await finishChunk(tx, chunk, await comparePairs(context, tx, range, pairs, judging))
  })
}

/** Compares the pairs of the keyed records of a range, and keeps what is judged a match or doubtful. */
export async function comparePairs(
  context: Context,
  tx: Tx,
  range: SeqRange,
  pairs: readonly CandidatePair[],
  judging: Judging,
): Promise<ComparedCounts> {
  const judged = await judgeStoredPairs(context, tx, pairs, undefined, judging)
  // What is plainly distinct can be judged again at any time and would be most of the table.
  const kept = judged.filter((row) => row.verdict !== 'distinct')
  const [compared] = await Promise.all([markCompared(tx, range), saveJudgements(tx, kept, judging.modelVersion, false)])
  const reviews = kept.filter((row) => row.verdict === 'review').length
  return { compared, pairs: judged.length, matches: kept.length - reviews, reviews }
}

export interface ComparedCounts extends Record<string, number> {
  compared: number
  pairs: number
  matches: number
  reviews: number
}
