import { namePage } from '../../src/pipeline/name-place.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { openEnvelope } from '../../src/privacy/open-envelope.ts'
import { countPageRows, unpackPage } from '../../src/privacy/unpack-page.ts'

/** The bytes of all rows of the ledger as text, in the order in which they came. */
export async function readRawRows({ store, keyring }: Pick<Context, 'store' | 'keyring'>): Promise<string[]> {
  const pages = await store.sql<{ deliveryId: string; firstRow: number; sealed: Buffer }[]>`
    SELECT delivery_id AS "deliveryId", first_row AS "firstRow", sealed FROM onefold.ledger_pages ORDER BY page_id`
  return pages.flatMap(({ deliveryId, firstRow, sealed }) => {
    const page = openEnvelope(keyring, sealed, namePage(deliveryId, firstRow))
    return Array.from({ length: countPageRows(page) }, (_, position) => unpackPage(page, position).raw.toString('utf8'))
  })
}
