import type { EngineModel } from '../../engine/engine-model.ts'
import { openRecordEvidence } from '../../engine/open-record-evidence.ts'
import { openRecordScorer } from '../../engine/open-record-scorer.ts'
import { openRecordTable } from '../../engine/open-record-table.ts'
import { trainOnRecords } from '../../engine/train-on-records.ts'
import { OnefoldError } from '../../errors.ts'
import { learnFromLabels } from '../../matching/learn-from-labels.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { countRecords } from '../../store/identity/count-records.ts'
import { findRecordIds, type RecordPlace } from '../../store/identity/find-record-ids.ts'
import type { Context } from '../context.ts'
import { UNHEARD } from '../report-progress.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { openRecords } from '../resolve/open-records.ts'
import { openLabels } from './open-labels.ts'
import { saveModel, type SavedModel } from './save-model.ts'

export interface LedgerTraining extends SavedModel {
  readonly model: EngineModel
  /** Records that say something that can be compared. */
  readonly records: number
  readonly pairs: number
  /** True pairs that the model expects among those it looked at. */
  readonly expectedMatches: number
  /** Pairs that people decided, which taught m, u and thresholds. */
  readonly labels: number
  /** Rounds until the model settled. */
  readonly rounds: number
}

/** Fewer records teach nothing that the shipped model does not know better. */
const FEWEST_RECORDS = 100
const LISTED_AT_ONCE = 10_000

/**
 * Learns a model from all records of the ledger, without labels, then from what people decided [C10], and keeps it as
 * a new version [C2]. Each record is opened once; what stays in memory are codes and each distinct value once, some 200
 * bytes a record. The same ledger and decisions give the same model. Throws `model.too_few_records`.
 */
export async function trainOnLedger(context: Context, report = UNHEARD): Promise<LedgerTraining> {
  const { sql } = context.store
  const blocked = await findBlockedIdentifiers(sql)
  const builder = openRecordTable()
  const whole = await countRecords(sql)
  let read = 0
  let last: RecordPlace | undefined
  for (;;) {
    const places = await findRecordIds(sql, last, LISTED_AT_ONCE)
    last = places.at(-1)
    if (last === undefined) break
    const ids = places.map(({ recordId }) => recordId)
    for await (const { record } of openRecords(context, sql, ids)) builder.add(withoutBlocked(context, record, blocked))
    report((read += ids.length), whole)
  }
  const table = builder.finish()
  if (table.rowCount < FEWEST_RECORDS) {
    throw new OnefoldError('conflict', 'model.too_few_records', 'The ledger holds too few records to learn from.', {
      details: { records: table.rowCount, fewest: FEWEST_RECORDS },
      hint: 'Take in more with `onefold ingest`; until then the shipped model judges.',
    })
  }
  const { model: unlabelled, training, candidates } = trainOnRecords(table)
  const labels = await openLabels(context, sql)
  const { compare } = openRecordScorer(
    labels.flatMap(({ left, right }) => [left, right]),
    unlabelled,
    'unlabelled',
  )
  const model = learnFromLabels(
    unlabelled,
    labels.map(({ left, right, isSame, pairsOfAct }) => ({
      levels: compare(left, right),
      isSame,
      weight: 1 / pairsOfAct,
    })),
    {
      // What is compared is the same for any records: an empty table has it, too.
      comparisons: openRecordEvidence(openRecordTable().finish(), unlabelled.frequencies).comparisons,
      patterns: candidates.patterns,
      allPairs: Math.max(1, (table.rowCount * (table.rowCount - 1)) / 2),
    },
  )
  const saved = await saveModel(context, model, { origin: 'trained', trainedRecords: table.rowCount })
  return {
    ...saved,
    model,
    records: table.rowCount,
    pairs: candidates.pairs.a.length,
    expectedMatches: training.expectedMatches,
    rounds: training.rounds,
    labels: labels.length,
  }
}
