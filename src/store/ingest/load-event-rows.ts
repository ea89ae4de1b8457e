import type { Tx } from '../open-store.ts'
import type { SealedHeldRow } from '../quarantine/held-row.ts'
import type { Rereading } from './plan-rereading.ts'

/** A page of the ledger with the rows of it that events come from. */
export interface EventPage {
  readonly firstRow: number
  /** A letter a row; those with an `a` are accepted. */
  readonly outcomes: string
  readonly lines: readonly number[]
  readonly actorIds: readonly string[]
  readonly eventIds: readonly string[]
  readonly sealed: Buffer
}

/** Pages in memory at once: some hundred rows. */
const PAGES_AT_ONCE = 8

/** The pages of a range, a few at a time, in the order of the file. */
export async function* readEventPages(
  tx: Tx,
  { deliveryId, fromRow, toRow }: Rereading,
): AsyncGenerator<readonly EventPage[]> {
  yield* tx<EventPage[]>`
    SELECT first_row AS "firstRow", outcomes, lines, record_ids AS "actorIds", fingerprints AS "eventIds", sealed
    FROM onefold.ledger_pages
    WHERE delivery_id = ${deliveryId} AND first_row BETWEEN ${fromRow} AND ${toRow} AND sealed IS NOT NULL
    ORDER BY first_row`.cursor(PAGES_AT_ONCE)
}

/** A row that was held and is accepted since. */
export interface RepairedRow extends Pick<SealedHeldRow, 'deliveryId' | 'rowNo' | 'line' | 'sealed' | 'sealedFix'> {
  readonly eventId: string
  readonly actorId: string
}

/** The repaired rows of a range, in the order of the file. */
export async function loadRepairedRows(tx: Tx, { deliveryId, fromRow, toRow }: Rereading): Promise<RepairedRow[]> {
  return tx<RepairedRow[]>`
    SELECT delivery_id AS "deliveryId", row_no AS "rowNo", line, sealed, sealed_fix AS "sealedFix",
      held_fingerprint AS "eventId", record_id AS "actorId"
    FROM onefold.quarantine
    WHERE delivery_id = ${deliveryId} AND row_no BETWEEN ${fromRow} AND ${toRow} AND outcome = 'accepted'
      AND sealed IS NOT NULL
    ORDER BY row_no`
}
