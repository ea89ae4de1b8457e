import type { Tx } from '../open-store.ts'

/** The mark of the master key that the database was filled under; undefined in a database without one. */
export async function findKeyMark(tx: Tx): Promise<Buffer | undefined> {
  const [table] = await tx<{ there: boolean }[]>`SELECT to_regclass('onefold.installation') IS NOT NULL AS there`
  if (table?.there !== true) return undefined
  const [row] = await tx<{ key_mark: Buffer }[]>`SELECT key_mark FROM onefold.installation`
  return row?.key_mark
}
