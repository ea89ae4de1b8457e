export const PACK_VERSION = 1
/** Version byte and the raw part's length. */
export const PACK_HEADER_BYTES = 5

/**
 * One payload for one envelope: the row's bytes exactly as received, and its normalized record as JSON.
 * Layout: `[version][length of raw, 4 bytes big-endian][raw][JSON in UTF-8]`. Either part may be empty.
 * `JSON.stringify` escapes lone surrogates, so its output survives UTF-8 unchanged.
 */
export function packSealed(raw: Uint8Array, normalizedJson: string): Buffer {
  const jsonBytes = Buffer.byteLength(normalizedJson, 'utf8')
  const packed = Buffer.allocUnsafe(PACK_HEADER_BYTES + raw.length + jsonBytes)
  packed.writeUInt8(PACK_VERSION, 0)
  packed.writeUInt32BE(raw.length, 1)
  packed.set(raw, PACK_HEADER_BYTES)
  packed.write(normalizedJson, PACK_HEADER_BYTES + raw.length, 'utf8')
  return packed
}
