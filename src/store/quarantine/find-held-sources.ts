import type { Tx } from '../open-store.ts'
import type { HeldRowId } from './held-row.ts'

/** The sources of these rows of the quarantine, each once. */
export async function findHeldSources(tx: Tx, rows: readonly HeldRowId[]): Promise<string[]> {
  const found = await tx<{ source: string }[]>`
    SELECT DISTINCT source FROM onefold.quarantine
    JOIN unnest(${rows.map((row) => row.deliveryId)}::uuid[], ${rows.map((row) => row.rowNo)}::int[])
      AS given (delivery_id, row_no) USING (delivery_id, row_no)`
  return found.map(({ source }) => source)
}
