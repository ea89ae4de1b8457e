import type { Tx } from '../open-store.ts'

/** Names of the published tables and of the segments, for a person who named neither. */
export async function listExportable(tx: Tx): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    SELECT table_name AS name, 0 AS rank FROM information_schema.tables WHERE table_schema = 'onefold_out'
    UNION SELECT segment_id, 1 FROM onefold_out.segments ORDER BY rank, name`
  return rows.map((row) => row.name)
}
