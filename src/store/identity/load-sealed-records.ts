import { PLACES_PER_PAGE } from '../place.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** Where in the store a record's description lies: its own envelope, or that of a ledger page and its position there. */
export interface SealedDescription {
  readonly sealed: Buffer
  readonly kind: 'actor' | 'row' | 'page'
  readonly deliveryId: string | null
  /** Of the page's first row, or of the row itself. */
  readonly rowNo: number | null
  /** From 0, within the page. */
  readonly position: number | null
}

/** A record as it lies in the store: opened by `openRecord` only. */
export interface SealedRecord extends SealedDescription {
  readonly recordId: string
  readonly seq: number
  readonly source: string
  readonly updatedAt: Date | null
}

interface RecordRow extends Omit<SealedRecord, 'sealed'> {
  readonly sealed: Buffer | null
  readonly pageId: number | null
}

/**
 * The newest versions of the given records; what is not known is not in the result. Sorted by id. Records of one page
 * share its bytes. Of a row that was held and repaired the quarantine has what it says now.
 */
export async function loadSealedRecords(tx: Tx, recordIds: readonly string[]): Promise<SealedRecord[]> {
  // The bytes of a page come once, with the first of its records.
  const rows = await tx<RecordRow[]>`
    SELECT record.record_id AS "recordId", record.seq, record.source, record.updated_at AS "updatedAt",
           CASE WHEN record.kind = 'actor' THEN 'actor' WHEN held.sealed IS NULL THEN 'page' ELSE 'row' END AS kind,
           coalesce(record.sealed, held.sealed, CASE WHEN row_number() OVER (
             PARTITION BY page.page_id, held.sealed IS NULL ORDER BY record.record_id) = 1 THEN page.sealed END) AS sealed,
           page.page_id AS "pageId", page.delivery_id AS "deliveryId",
           coalesce(held.row_no, page.first_row) AS "rowNo", (record.place % ${PLACES_PER_PAGE}::bigint)::int AS position
    FROM onefold.records AS record
    LEFT JOIN onefold.ledger_pages AS page ON page.page_id = record.place / ${PLACES_PER_PAGE}::bigint
    LEFT JOIN onefold.quarantine AS held
      ON substr(page.outcomes, (record.place % ${PLACES_PER_PAGE}::bigint)::int + 1, 1) = 'q'
      AND held.delivery_id = page.delivery_id
      AND held.row_no = page.first_row + (record.place % ${PLACES_PER_PAGE}::bigint)::int
    WHERE record.record_id = ANY(${spellArray(recordIds)}::uuid[])
    ORDER BY record.record_id`
  const pages = new Map<number | null, Buffer>()
  return rows.flatMap(({ pageId, ...row }) => {
    const sealed = row.sealed ?? pages.get(pageId)
    if (sealed === undefined) return []
    if (row.kind === 'page') pages.set(pageId, sealed)
    return [{ ...row, sealed }]
  })
}
