import type { Tx } from '../open-store.ts'
import type { ModelChoice } from './find-applied-model.ts'

/** The model that was added last; the shipped one where there is none. */
export async function findNewestModel(tx: Tx): Promise<ModelChoice> {
  const [row] = await tx<{ version: number | null }[]>`SELECT max(version) AS version FROM onefold.models`
  return row?.version ?? 'shipped'
}
