import type { Tx } from '../open-store.ts'

/** Open runs none of whose chunks is unfinished: their last worker died before moving them on. */
export async function findStalledRuns(tx: Tx): Promise<string[]> {
  const rows = await tx<{ run_id: string }[]>`
    SELECT run_id FROM onefold.runs AS run WHERE state = 'open' AND NOT EXISTS (
      SELECT FROM onefold.chunks WHERE chunks.run_id = run.run_id AND chunks.state IN ('waiting', 'leased'))
    ORDER BY run_id`
  return rows.map((row) => row.run_id)
}
