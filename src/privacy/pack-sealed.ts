export const PACK_VERSION = 1
/** Version byte and the raw part's length. */
export const PACK_HEADER_BYTES = 5

/**
 * One payload for one envelope: the row's bytes exactly as received, and its normalized record as JSON in UTF-8.
 * Layout: `[version][length of raw, 4 bytes big-endian][raw][JSON]`. Either part may be empty.
 */
export function packSealed(raw: Uint8Array, normalizedJson: Uint8Array): Buffer {
  const packed = Buffer.allocUnsafe(PACK_HEADER_BYTES + raw.length + normalizedJson.length)
  packed.writeUInt8(PACK_VERSION, 0)
  packed.writeUInt32BE(raw.length, 1)
  packed.set(raw, PACK_HEADER_BYTES)
  packed.set(normalizedJson, PACK_HEADER_BYTES + raw.length)
  return packed
}
