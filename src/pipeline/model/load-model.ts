import { OnefoldError } from '../../errors.ts'
import { findModel, type StoredModel } from '../../store/model/find-model.ts'
import type { Tx } from '../../store/open-store.ts'

/** A stored model by its version, or the newest. Throws `model.not_found`. */
export async function loadModel(tx: Tx, version?: number): Promise<StoredModel> {
  const stored = await findModel(tx, version ?? 'newest')
  if (stored !== undefined) return stored
  throw new OnefoldError(
    'not_found',
    'model.not_found',
    version === undefined ? 'No model was trained yet: the shipped one judges.' : `There is no model ${version}.`,
    { hint: 'Train one with `onefold model train`, or see `onefold model list`.' },
  )
}
