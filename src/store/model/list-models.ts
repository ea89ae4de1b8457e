import type { Tx } from '../open-store.ts'
import { findAppliedModel } from './find-applied-model.ts'
import type { ModelEntry } from './find-model.ts'

export interface ListedModel extends ModelEntry {
  /** Whether pairs are judged by it now. */
  readonly isInForce: boolean
}

/** All models, the newest first, without what they hold. */
export async function listModels(tx: Tx): Promise<readonly ListedModel[]> {
  const inForce = await findAppliedModel(tx)
  const models = await tx<ModelEntry[]>`
    SELECT version, created_at AS "createdAt", origin, trained_records AS "trainedRecords", applied_at AS "appliedAt"
    FROM onefold.models ORDER BY version DESC`
  return models.map((model) => ({ ...model, isInForce: model.version === inForce }))
}
