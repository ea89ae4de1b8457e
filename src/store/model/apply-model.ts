import type { Tx } from '../open-store.ts'
import { type Application, findApplication, isInForce } from './find-application.ts'
import type { ModelChoice } from './find-applied-model.ts'

export interface AppliedModel {
  readonly before: ModelChoice
  /** Records to be compared again. */
  readonly records: number
}

/**
 * Makes a model and policies the ones to judge by, unless they are already: what was judged under others is forgotten
 * and every record is compared again. Profiles stay as they are until that is done. Undefined when nothing changes.
 */
export async function applyModel(tx: Tx, wanted: Application, by: string): Promise<AppliedModel | undefined> {
  if (await isInForce(tx, wanted)) return undefined
  const { model: before } = await findApplication(tx)
  const version = wanted.model === 'shipped' ? null : wanted.model
  await tx`
    INSERT INTO onefold.model_applications (version, identifiers, applied_by)
    VALUES (${version}, ${JSON.stringify(wanted.identifiers)}::text::jsonb, ${by})`
  await tx`UPDATE onefold.models SET applied_at = now() WHERE version = ${version} AND applied_at IS NULL`
  await tx`DELETE FROM onefold.judgements`
  const { count } = await tx`
    UPDATE onefold.records SET resolution = 'keyed' WHERE resolution IN ('compared', 'resolved')`
  return { before, records: count }
}
