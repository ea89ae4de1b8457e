import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { unpackPerson } from '../../record/unpack-person.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import { unpackPage } from '../../privacy/unpack-page.ts'
import { unpackSealed } from '../../privacy/unpack-sealed.ts'
import type { SealedRecord } from '../../store/identity/load-sealed-records.ts'
import type { Context } from '../context.ts'
import { namePage, nameRow } from '../name-place.ts'

/** Records of one page share its bytes: each page is opened once. */
const openedPages = new WeakMap<Buffer, Buffer>()

/** Opens what the store keeps sealed of a record. Throws `seal.broken` when key, place or bytes do not fit. */
export function openRecord(context: Pick<Context, 'keyring'>, sealed: SealedRecord): NormalizedRecord {
  return unpackPerson(openDescription(context, sealed))
}

function openDescription({ keyring }: Pick<Context, 'keyring'>, record: SealedRecord): string {
  const { sealed, kind, deliveryId, rowNo, position } = record
  if (kind === 'actor') return openEnvelope(keyring, sealed, `records:${record.recordId}`).toString('utf8')
  if (kind === 'row')
    return unpackSealed(openEnvelope(keyring, sealed, nameRow(deliveryId ?? '', rowNo ?? 0))).normalizedJson
  let page = openedPages.get(sealed)
  if (page === undefined) {
    page = openEnvelope(keyring, sealed, namePage(deliveryId ?? '', rowNo ?? 0))
    openedPages.set(sealed, page)
  }
  return unpackPage(page, position ?? 0).normalizedJson
}
