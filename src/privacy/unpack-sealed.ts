import { OnefoldError } from '../errors.ts'
import { PACK_HEADER_BYTES, PACK_VERSION } from './pack-sealed.ts'

export interface UnpackedSealed {
  readonly raw: Buffer
  readonly normalizedJson: string
}

/**
 * The two parts `packSealed` put together; `raw` shares the given bytes' memory.
 * Throws `seal.bad_pack` (store) for bytes that were not packed so.
 */
export function unpackSealed(bytes: Uint8Array): UnpackedSealed {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rawEnd = packed.length < PACK_HEADER_BYTES ? Infinity : PACK_HEADER_BYTES + packed.readUInt32BE(1)
  if (packed[0] !== PACK_VERSION || rawEnd > packed.length) {
    throw new OnefoldError('store', 'seal.bad_pack', 'A sealed payload has an unknown layout.', {
      details: { bytes: packed.length, version: packed[0] ?? -1 },
    })
  }
  return { raw: packed.subarray(PACK_HEADER_BYTES, rawEnd), normalizedJson: packed.toString('utf8', rawEnd) }
}
