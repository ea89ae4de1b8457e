import type { Tx } from '../open-store.ts'
import { findAppliedModel, type ModelChoice } from './find-applied-model.ts'

export interface AppliedModel {
  readonly before: ModelChoice
  /** Records to be compared again. */
  readonly records: number
}

/**
 * Makes a model the one to judge by, unless it is already: what was judged under another is forgotten and every record
 * is compared again. Profiles stay as they are until that is done. Undefined when nothing changes.
 */
export async function applyModel(tx: Tx, model: ModelChoice, by: string): Promise<AppliedModel | undefined> {
  const before = await findAppliedModel(tx)
  if (before === model) return undefined
  const version = model === 'shipped' ? null : model
  await tx`INSERT INTO onefold.model_applications (version, applied_by) VALUES (${version}, ${by})`
  await tx`UPDATE onefold.models SET applied_at = now() WHERE version = ${version} AND applied_at IS NULL`
  await tx`DELETE FROM onefold.judgements`
  const { count } = await tx`
    UPDATE onefold.records SET resolution = 'keyed' WHERE resolution IN ('compared', 'resolved')`
  return { before, records: count }
}
