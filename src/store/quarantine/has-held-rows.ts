import type { Tx } from '../open-store.ts'

/** Whether any row of the source was ever held: most sources need not be searched. */
export async function hasHeldRows(tx: Tx, source: string): Promise<boolean> {
  const [row] = await tx<{ held: boolean }[]>`
    SELECT EXISTS (SELECT FROM onefold.quarantine WHERE source = ${source}) AS held`
  return row?.held ?? true
}
