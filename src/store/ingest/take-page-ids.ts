import type { Tx } from '../open-store.ts'

/** Fresh numbers of ledger pages, ascending; gaps are left by transactions that came to nothing. */
export async function takePageIds(tx: Tx, count: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    SELECT nextval('onefold.ledger_page_ids') AS id FROM generate_series(1, ${count}::int)`
  return rows.map((row) => row.id)
}
