import { PLACES_PER_PAGE } from '../place.ts'
import type { Tx } from '../open-store.ts'
import type { PageRange } from './plan-page-ranges.ts'

/**
 * Takes ledger pages off the list of due ones and locks the records whose newest version is on them, against newer
 * versions until the commit; ids sorted. A record that has a newer version waits with the page of that.
 */
export async function lockReceivedRecords(tx: Tx, { fromPage, toPage }: PageRange): Promise<string[]> {
  const rows = await tx<{ record_id: string }[]>`
    WITH taken AS (
      DELETE FROM onefold.due_pages WHERE page_id BETWEEN ${fromPage} AND ${toPage} RETURNING page_id
    )
    SELECT record.record_id FROM onefold.records AS record
    WHERE record.resolution = 'received' AND record.record_id IN (
      SELECT unnest(record_ids) FROM onefold.ledger_pages WHERE page_id = ANY(ARRAY(SELECT page_id FROM taken))
    ) AND record.place / ${PLACES_PER_PAGE}::bigint BETWEEN ${fromPage} AND ${toPage}
    ORDER BY record.record_id FOR NO KEY UPDATE OF record`
  return rows.map((row) => row.record_id)
}
