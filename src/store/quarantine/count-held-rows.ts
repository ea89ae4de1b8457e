import type { Tx } from '../open-store.ts'

/** Rows still held, by source; sources without any are not in the result. */
export async function countHeldRows(tx: Tx): Promise<{ source: string; held: number; fixed: number }[]> {
  return tx<{ source: string; held: number; fixed: number }[]>`
    SELECT source, count(*) AS held, count(*) FILTER (WHERE state = 'fixed') AS fixed
    FROM onefold.quarantine WHERE state <> 'replayed' GROUP BY source ORDER BY source`
}
