import { packBlobs } from '../pack-blobs.ts'
import { spellArray } from '../spell-array.ts'
import type { Tx } from '../open-store.ts'
import type { LedgerRow } from './ledger-batch.ts'

/** A page of the ledger, sealed; its rows are the next ones of the batch. */
export interface SealedPage {
  readonly rows: number
  readonly sealed: Buffer
}

export type LedgerOutcome = LedgerRow['outcome'] | 'duplicate'

const LETTERS: Readonly<Record<LedgerOutcome, string>> = {
  accepted: 'a',
  duplicate: 'd',
  quarantined: 'q',
  rejected: 'r',
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Appends pages of the ledger under the given numbers. `rows` are those of all pages in the order of the file, each
 * with the outcome it ended in.
 */
export async function appendPages(
  tx: Tx,
  deliveryId: string,
  pageIds: readonly number[],
  pages: readonly SealedPage[],
  rows: readonly { readonly row: LedgerRow; readonly outcome: LedgerOutcome }[],
): Promise<void> {
  const { base64, starts, sizes } = packBlobs(pages.map((page) => page.sealed))
  let outcomes = ''
  for (const { outcome } of rows) outcomes += LETTERS[outcome]
  let end = 0
  const ends = pages.map((page) => (end += page.rows))
  const flagged = rows.some(({ row }) => row.issues.length > 0)
  const issues = flagged ? spellArray(rows.map(({ row }) => row.issues.map(({ code }) => code).join(' '))) : '{}'
  // Arrays of all rows are cut page by page: one of uuids or numbers without NULL is cut by copying.
  await tx`
    INSERT INTO onefold.ledger_pages
      (page_id, delivery_id, first_row, outcomes, lines, record_ids, fingerprints, issues, sealed)
    SELECT page_id, ${deliveryId}, ${rows[0]?.row.rowNo ?? 0}::int + first - 1, substr(${outcomes}, first, last - first + 1),
      (${spellArray(rows.map(({ row }) => row.line))}::int[])[first:last],
      (${spellArray(rows.map(({ row }) => row.recordId ?? NOBODY))}::uuid[])[first:last],
      (${spellArray(rows.map(({ row }) => row.fingerprint))}::uuid[])[first:last],
      CASE WHEN array_to_string(given.issues[first:last], '') <> '' THEN given.issues[first:last] END,
      substring(given.bytes FROM start FOR size)
    FROM (SELECT decode(${base64}, 'base64') AS bytes, ${issues}::text[] AS issues OFFSET 0) AS given
    CROSS JOIN unnest(
      ${spellArray(pageIds)}::bigint[], ${spellArray(ends.map((last, index) => last - (pages[index]?.rows ?? 0) + 1))}::int[],
      ${spellArray(ends)}::int[], ${starts}::int[], ${sizes}::int[]
    ) AS pages (page_id, first, last, start, size)`
}
