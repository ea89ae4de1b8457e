import type { Tx } from '../open-store.ts'
import { findApplication } from './find-application.ts'

/** Which model judges: the version of a stored one, or the one that Onefold ships. */
export type ModelChoice = number | 'shipped'

/** The model that was applied last; the shipped one until any was. */
export async function findAppliedModel(tx: Tx): Promise<ModelChoice> {
  return (await findApplication(tx)).model
}
