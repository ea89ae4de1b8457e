import type { Tx } from '../open-store.ts'
import type { ModelChoice } from './find-applied-model.ts'

/**
 * The newest model, or the shipped one where there is none, as long as there is no profile that it could change: nobody
 * has to be asked before it judges.
 */
export async function findUnpublishedModel(tx: Tx): Promise<ModelChoice | undefined> {
  const [row] = await tx<{ version: number | null }[]>`
    SELECT (SELECT max(version) FROM onefold.models) AS version WHERE NOT EXISTS (SELECT FROM onefold.profiles)`
  return row === undefined ? undefined : (row.version ?? 'shipped')
}
