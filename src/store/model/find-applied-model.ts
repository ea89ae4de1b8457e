import type { Tx } from '../open-store.ts'

/** Which model judges: the version of a stored one, or the one that Onefold ships. */
export type ModelChoice = number | 'shipped'

/** The model that was applied last; the shipped one until any was. */
export async function findAppliedModel(tx: Tx): Promise<ModelChoice> {
  const [row] = await tx<{ version: number | null }[]>`
    SELECT version FROM onefold.model_applications ORDER BY application_no DESC LIMIT 1`
  return row?.version ?? 'shipped'
}
