import type { Tx } from '../open-store.ts'

/** The newest model, as long as there is no profile that it could change: nobody has to be asked before it judges. */
export async function findUnpublishedModel(tx: Tx): Promise<number | undefined> {
  const [row] = await tx<{ version: number }[]>`
    SELECT version FROM onefold.models WHERE NOT EXISTS (SELECT FROM onefold.profiles)
    ORDER BY version DESC LIMIT 1`
  return row?.version
}
