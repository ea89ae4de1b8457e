import { Buffer } from 'node:buffer'
import type { Encoding } from './file-format.ts'

/** Bytes 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard); the five unassigned ones keep their number. */
export const WINDOWS_1252_HIGH =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178'

const HIGH_CONTROLS = /[\u0080-\u009f]/
const ALL_HIGH_CONTROLS = /[\u0080-\u009f]/g

/**
 * Text of a range of bytes in one of the four encodings read. Never throws: what is not valid becomes U+FFFD.
 * The range is in bytes; a byte order mark is ordinary text here.
 */
export function decodeText(bytes: Buffer, encoding: Encoding, start = 0, end = bytes.length): string {
  switch (encoding) {
    case 'utf-8':
      return bytes.toString('utf8', start, end)
    case 'windows-1252': {
      const text = bytes.toString('latin1', start, end)
      if (!HIGH_CONTROLS.test(text)) return text
      return text.replace(ALL_HIGH_CONTROLS, (char) => WINDOWS_1252_HIGH[char.charCodeAt(0) - 0x80]!)
    }
    case 'utf-16le':
      return bytes.toString('utf16le', start, end)
    case 'utf-16be': {
      const even = bytes.subarray(start, end - ((end - start) % 2))
      return Buffer.from(even).swap16().toString('utf16le')
    }
  }
}
