import { PACK_HEADER_BYTES, PACK_VERSION, packSealed } from './pack-sealed.ts'
import { writePlainJson } from './write-plain-json.ts'

// Filled and read before the next call, so sharing it is safe; a longer row pays for a buffer of its own.
const scratch = Buffer.alloc(16 * 1024)

/**
 * `packSealed` of a row's bytes and its normalized record, byte for byte, without the text in between.
 * The result may share its memory with that of the next call: seal it first.
 */
export function packPerson(raw: Uint8Array, person: object): Buffer {
  const start = PACK_HEADER_BYTES + raw.length
  const end = start < scratch.length ? writePlainJson(person, scratch, start) : -1
  if (end < 0) return packSealed(raw, JSON.stringify(person))
  scratch.writeUInt8(PACK_VERSION, 0)
  scratch.writeUInt32BE(raw.length, 1)
  scratch.set(raw, PACK_HEADER_BYTES)
  return scratch.subarray(0, end)
}
