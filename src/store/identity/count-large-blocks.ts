import type { Tx } from '../open-store.ts'

/** How many blocking keys hold more records than `maxBlock` and are therefore narrowed. */
export async function countLargeBlocks(tx: Tx, maxBlock: number): Promise<number> {
  const rows = await tx`SELECT 1 FROM onefold.blocking_keys GROUP BY key HAVING count(*) > ${maxBlock}`
  return rows.length
}
