import { OnefoldError } from '../errors.ts'
import { PAGE_ENTRY_BYTES, PAGE_HEADER_BYTES, PAGE_VERSION } from './pack-page.ts'
import type { UnpackedSealed } from './unpack-sealed.ts'

/**
 * The row at a position, from 0, of a page that `openPageWriter` put together; `raw` shares the given bytes' memory.
 * Throws `seal.bad_pack` (store) for bytes that were not packed so, and where there is no such row.
 */
export function unpackPage(bytes: Uint8Array, position: number): UnpackedSealed {
  const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rows = countPageRows(page)
  let at = PAGE_HEADER_BYTES + rows * PAGE_ENTRY_BYTES
  if (position >= rows || at > page.length) throw badPage(page)
  for (let before = 0; before < position; before++) at += readEntry(page, before) + readEntry(page, before, 4)
  const rawEnd = at + readEntry(page, position)
  const end = rawEnd + readEntry(page, position, 4)
  if (end > page.length) throw badPage(page)
  return { raw: page.subarray(at, rawEnd), normalizedJson: page.toString('utf8', rawEnd, end) }
}

/** How many rows are on a page. Throws `seal.bad_pack` (store). */
export function countPageRows(page: Buffer): number {
  if (page[0] !== PAGE_VERSION || page.length < PAGE_HEADER_BYTES) throw badPage(page)
  return page.readUInt16BE(1)
}

function readEntry(page: Buffer, position: number, part = 0): number {
  return page.readUInt32BE(PAGE_HEADER_BYTES + position * PAGE_ENTRY_BYTES + part)
}

function badPage(page: Buffer): OnefoldError {
  return new OnefoldError('store', 'seal.bad_pack', 'A sealed payload has an unknown layout.', {
    details: { bytes: page.length, version: page[0] ?? -1 },
  })
}
