import { OnefoldError } from '../../errors.ts'
import type { SplinkThresholds } from '../../splink/splink-model.ts'
import type { Context } from '../context.ts'
import { isOfSplink, openModelScorer, parseJudgingModel } from './judging-model.ts'
import { saveModel, type SavedModel } from './save-model.ts'

export interface ImportedModel extends SavedModel {
  /** Levels of Splink's settings whose weight hangs on how common a value is, which is left out. */
  readonly adjustedLevels: number
}

/**
 * Keeps a model that comes as a file as the newest version: edited by hand, brought from another installation, or
 * Splink's settings, with the thresholds to judge by. Throws `model.bad_file` (payload) with all that is wrong, `model.bad_thresholds`,
 * `model.outdated` when records are compared otherwise, and `model.unreadable` for settings that are not understood.
 */
export async function importModel(
  context: Context,
  text: string,
  thresholds?: Partial<SplinkThresholds>,
): Promise<ImportedModel> {
  const model = parseJudgingModel(text, thresholds)
  if ('problem' in model) {
    throw new OnefoldError('payload', 'model.bad_file', 'The file is no model.', {
      details: { problem: model.problem },
      hint: 'Give a file that `onefold model export` wrote, or the settings that Splink saves.',
    })
  }
  if (isOfSplink(model) && model.thresholds.review > model.thresholds.match) {
    throw new OnefoldError('payload', 'model.bad_thresholds', 'A person would have to look at matches.', {
      details: { ...model.thresholds },
      hint: 'Give a `--review` that is at most `--match`.',
    })
  }
  const scorer = openModelScorer([], model, 'imported')
  const saved = await saveModel(context, model, { origin: 'imported', trainedRecords: 0 })
  return { ...saved, adjustedLevels: 'adjustedLevels' in scorer ? scorer.adjustedLevels : 0 }
}
