import { parseEngineModel } from '../../engine/engine-model.ts'
import { openRecordScorer } from '../../engine/open-record-scorer.ts'
import { OnefoldError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { saveModel, type SavedModel } from './save-model.ts'

/**
 * Keeps a model that comes as a file as the newest version, edited by hand or brought from another installation.
 * Throws `model.bad_file` (payload) with all that is wrong, and `model.outdated` when records are compared otherwise.
 */
export async function importModel(context: Context, text: string): Promise<SavedModel> {
  const model = parseEngineModel(text)
  if ('problem' in model) {
    throw new OnefoldError('payload', 'model.bad_file', 'The file is no model.', {
      details: { problem: model.problem },
      hint: 'Give a file that `onefold model export` wrote.',
    })
  }
  openRecordScorer([], model, 'imported')
  return saveModel(context, model, { origin: 'imported', trainedRecords: 0 })
}
