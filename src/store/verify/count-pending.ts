import type { Tx } from '../open-store.ts'

/** What is known but not worked through yet: no breach, but the next run has something to do. */
export async function countPending(tx: Tx): Promise<{ unresolved: number; unstitched: number; stale: number }> {
  const [row] = await tx<{ unresolved: number; unstitched: number; stale: number }[]>`
    SELECT (SELECT count(*) FROM onefold.records WHERE resolution <> 'resolved') AS unresolved,
      (SELECT count(*) FROM onefold.records WHERE unstitched) AS unstitched,
      (SELECT count(*) FROM onefold.profiles WHERE stale AND dissolved_at IS NULL) AS stale`
  return row ?? { unresolved: 0, unstitched: 0, stale: 0 }
}
