import type { Tx } from '../open-store.ts'

/** The run that is on the main path now, if any. */
export async function findOpenPath(tx: Tx): Promise<string | undefined> {
  const [row] = await tx<{ run_id: string }[]>`
    SELECT run_id FROM onefold.runs WHERE kind = 'pipeline' AND state = 'open' ORDER BY started_at LIMIT 1`
  return row?.run_id
}
