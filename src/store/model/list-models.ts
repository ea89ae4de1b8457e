import type { Tx } from '../open-store.ts'
import type { ModelEntry } from './find-model.ts'

/** All models, the newest first, without what they hold. */
export async function listModels(tx: Tx): Promise<readonly ModelEntry[]> {
  return tx<ModelEntry[]>`
    SELECT version, created_at AS "createdAt", origin, trained_records AS "trainedRecords", applied_at AS "appliedAt"
    FROM onefold.models ORDER BY version DESC`
}
