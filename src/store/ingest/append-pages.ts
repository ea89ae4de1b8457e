import { copyIn } from '../copy-in.ts'
import type { CopyWriter } from '../copy-writer.ts'
import type { Tx } from '../open-store.ts'
import { packBlobs } from '../pack-blobs.ts'
import { spellArray } from '../spell-array.ts'
import { packUuids, spellUuids, UUID_BYTES } from '../uuid-column.ts'
import type { LedgerColumns } from './ledger-batch.ts'
import { type LedgerPage, listPages } from './list-pages.ts'

/** The pages of a batch. Their numbers, from `firstPage` on, are of a block that is nobody else's, and their rows of a lease. */
export interface NamedPages {
  readonly deliveryId: string
  readonly firstPage: number
  readonly batch: LedgerColumns
  /** In which the rows ended, by number of `OUTCOMES`. */
  readonly outcomes: Uint8Array
}

/** Appends pages to the ledger by a copy: what many rows are fastest by. Nothing else may be sent until it is done. */
export async function copyPages(tx: Tx, writer: CopyWriter, named: NamedPages): Promise<void> {
  await copyIn(
    tx,
    tx`onefold.ledger_pages
      (page_id, delivery_id, first_row, outcomes, lines, record_ids, fingerprints, issues, sealed)`,
    encodePages(writer, named),
  )
}

/** The same by one statement, which can be sent together with others: a copy takes two answers. */
export async function insertPages(tx: Tx, { deliveryId, firstPage, batch, outcomes }: NamedPages): Promise<void> {
  const pages = [...listPages(batch, outcomes)]
  const spell = (tell: (page: LedgerPage) => string | number | null): string => spellArray(pages.map(tell))
  const { base64, starts, sizes } = packBlobs(pages.map(({ sealed }) => sealed))
  await tx`
    INSERT INTO onefold.ledger_pages
      (page_id, delivery_id, first_row, outcomes, lines, record_ids, fingerprints, issues, sealed)
    SELECT ${firstPage} - 1 + page, ${deliveryId}, first_row, outcomes, lines::int[], record_ids::uuid[], fingerprints::uuid[],
      issues::text[], substring(blobs.bytes FROM start FOR size)
    FROM (SELECT decode(${base64}, 'base64') AS bytes OFFSET 0) AS blobs, unnest(
      ${spell(({ first }) => batch.rowNos[first]!)}::int[], ${spell((page) => page.outcomes)}::text[],
      ${spell(({ first, end }) => spellArray(Array.from(batch.lines.subarray(first, end))))}::text[],
      ${spell((page) => spellUuids(takeRows(batch.recordIds, page)))}::text[],
      ${spell((page) => spellUuids(takeRows(batch.fingerprints, page)))}::text[],
      ${spell(({ issues }) => (issues === undefined ? null : spellArray(issues)))}::text[], ${starts}::int[], ${sizes}::int[]
    ) WITH ORDINALITY AS given (first_row, outcomes, lines, record_ids, fingerprints, issues, start, size, page)`
}

function encodePages(writer: CopyWriter, { deliveryId, firstPage, batch, outcomes }: NamedPages): Buffer {
  const delivery = packUuids([deliveryId])
  let pageId = firstPage
  for (const page of listPages(batch, outcomes)) {
    writer.row(9)
    writer.bigint(pageId++)
    writer.uuid(delivery, 0)
    writer.integer(batch.rowNos[page.first]!)
    writer.text(page.outcomes)
    writer.integers(batch.lines.subarray(page.first, page.end))
    writer.uuids(takeRows(batch.recordIds, page))
    writer.uuids(takeRows(batch.fingerprints, page))
    if (page.issues === undefined) writer.absent()
    else writer.texts(page.issues)
    writer.bytes(page.sealed)
  }
  return writer.finish()
}

/** The part of a column of UUIDs that a page has. */
function takeRows(column: Uint8Array, { first, end }: LedgerPage): Uint8Array {
  return column.subarray(first * UUID_BYTES, end * UUID_BYTES)
}
