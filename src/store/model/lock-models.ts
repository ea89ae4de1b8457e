import type { Tx } from '../open-store.ts'

/** Keeps others from adding a model until this transaction ends. Returns the newest version, 0 when there is none. */
export async function lockModels(tx: Tx): Promise<number> {
  await tx`LOCK TABLE onefold.models IN SHARE ROW EXCLUSIVE MODE`
  const [row] = await tx<{ version: number }[]>`SELECT coalesce(max(version), 0) AS version FROM onefold.models`
  return row?.version ?? 0
}
