import type { Tx } from '../open-store.ts'

/** How often a file has been handed in as it is now, this transaction included. */
export async function countDeliveries(tx: Tx, mark: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`SELECT count(*) AS count FROM onefold.deliveries WHERE mark = ${mark}`
  return row?.count ?? 0
}
