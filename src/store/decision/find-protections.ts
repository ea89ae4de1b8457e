import type { Tx } from '../open-store.ts'

/** The records whose profiles only a person joins to each other, sorted. */
export async function findProtections(tx: Tx): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`SELECT record_id AS id FROM onefold.protections ORDER BY record_id`
  return rows.map(({ id }) => id)
}
