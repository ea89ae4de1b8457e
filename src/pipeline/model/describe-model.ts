import type { ModelSummary } from '../../engine/summarize-model.ts'
import type { ModelEntry } from '../../store/model/find-model.ts'
import type { Context } from '../context.ts'
import { summarizeJudgingModel } from './judging-model.ts'
import { loadModel } from './load-model.ts'
import { openModel } from './open-model.ts'

/** A model with what it believes, without a value of anybody. */
export type ModelDescription = ModelEntry & ModelSummary

/** What a stored model, or the newest, believes. Throws `model.not_found`. */
export async function describeModel(context: Context, version?: number): Promise<ModelDescription> {
  const stored = await loadModel(context.store.sql, version)
  const { sealed: _sealed, ...entry } = stored
  return { ...entry, ...summarizeJudgingModel(openModel(context, stored)) }
}
