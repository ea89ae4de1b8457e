import type { Tx } from '../open-store.ts'

/** Ledger pages by number, both ends included. */
export interface PageRange extends Record<string, number> {
  readonly fromPage: number
  readonly toPage: number
}

/** Ranges of ledger pages whose records wait for their keys, `size` pages each. */
export async function planPageRanges(tx: Tx, size: number): Promise<PageRange[]> {
  return tx<PageRange[]>`
    SELECT min(page_id) AS "fromPage", max(page_id) AS "toPage"
    FROM (SELECT page_id, (row_number() OVER (ORDER BY page_id) - 1) / ${size}::int AS range FROM onefold.due_pages) AS due
    GROUP BY range ORDER BY range`
}
