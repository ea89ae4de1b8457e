import { judgePair } from '../../matching/judge-pair.ts'
import { type JudgedLabel, type LabelMeasure, measureLabels } from '../../matching/measure-labels.ts'
import { inSnapshot } from '../../store/in-transaction.ts'
import type { ModelChoice } from '../../store/model/find-applied-model.ts'
import type { Context } from '../context.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { loadModel } from './load-model.ts'
import { openLabels } from './open-labels.ts'

export interface ModelEvaluation extends LabelMeasure {
  readonly modelVersion: string
  /** Of labels decided since the model was learned, which it cannot have learned from; undefined of the shipped one. */
  readonly unseen: LabelMeasure | undefined
  /** From which probability a pair is a match by this model. */
  readonly match: number
}

/** How far a model, the one in force or another, agrees with what people decided [C10]. Throws `model.not_found`. */
export async function evaluateModel(context: Context, model?: ModelChoice): Promise<ModelEvaluation> {
  return inSnapshot(context.store.sql, async (tx) => {
    const judging = await loadJudging(context, tx, model === undefined ? undefined : { model })
    const labels = await openLabels(context, tx)
    const rules = judging.open(labels.flatMap(({ left, right }) => [left, right]))
    const judged = labels.map(({ left, right, isSame, decidedAt }) => {
      const { verdict, score } = judgePair(left, right, rules)
      return { decidedAt, label: { isSame, verdict, probability: score.probability } satisfies JudgedLabel }
    })
    const version = /^model-(\d+)$/.exec(judging.modelVersion)?.[1]
    const learnedAt = version === undefined ? undefined : (await loadModel(tx, Number(version))).createdAt
    const since = learnedAt && judged.filter(({ decidedAt }) => decidedAt > learnedAt).map(({ label }) => label)
    return {
      modelVersion: judging.modelVersion,
      match: (rules.scorer?.model ?? rules.model).thresholds.match,
      ...measureLabels(judged.map(({ label }) => label)),
      unseen: since && measureLabels(since),
    }
  })
}
