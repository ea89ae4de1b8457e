import type { Tx } from '../open-store.ts'

/** How many records there are, people and actors alike. */
export async function countRecords(tx: Tx): Promise<number> {
  const [row] = await tx<{ records: number }[]>`SELECT count(*) AS records FROM onefold.records`
  return row?.records ?? 0
}
