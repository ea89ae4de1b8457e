import { OnefoldError } from '../errors.ts'

/** The characters of the range 0x80 to 0x9F that the sample uses; WHATWG Encoding Standard, index windows-1252. */
const EXTRA_BYTES: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['Š', 0x8a],
  ['Œ', 0x8c],
  ['’', 0x92],
  ['–', 0x96],
  ['œ', 0x9c],
])

/**
 * Text as windows-1252 bytes. Below 0x80 and from 0xA0 on the code page is Unicode's first block.
 * Throws `sample.unencodable` for a character outside the code page, since a silent `?` would spoil the sample.
 */
export function encodeWindows1252(text: string): Buffer {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const byte = EXTRA_BYTES.get(character) ?? (code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : undefined)
    if (byte === undefined) {
      throw new OnefoldError('invariant', 'sample.unencodable', 'A character of the sample is not in windows-1252', {
        details: { code },
      })
    }
    bytes.push(byte)
  }
  return Buffer.from(bytes)
}
