import type { Buffer } from 'node:buffer'
import { isAscii, isUtf8 } from 'node:buffer'
import type { Encoding } from './file-format.ts'
import { wholeUtf8Length } from './text-window.ts'

const BOMS: readonly (readonly [Encoding, string])[] = [
  ['utf-8', 'efbbbf'],
  ['utf-16le', 'fffe'],
  ['utf-16be', 'feff'],
]

/**
 * Guesses the encoding from the first bytes: a byte order mark, else the pattern of zero bytes that UTF-16 gives to
 * Latin letters, else UTF-8 when it is valid, else windows-1252. Some damaged bytes in a text that is plainly UTF-8
 * (more valid longer sequences than bad bytes) leave it UTF-8: only the rows that hold them are then marked.
 * A given encoding wins, and the byte order mark is still left out. Confidence is 0 to 1.
 */
export function detectEncoding(
  bytes: Buffer,
  given?: Encoding,
): { readonly encoding: Encoding; readonly bomBytes: number; readonly confidence: number } {
  const start = bytes.subarray(0, 3).toString('hex')
  const bom = BOMS.find(([encoding, mark]) => start.startsWith(mark) && (given === undefined || given === encoding))
  if (bom !== undefined) return { encoding: bom[0], bomBytes: bom[1].length / 2, confidence: 1 }
  if (given !== undefined) return { encoding: given, bomBytes: 0, confidence: 1 }

  const utf16 = detectUtf16(bytes)
  if (utf16 !== undefined) return { encoding: utf16, bomBytes: 0, confidence: 0.9 }
  const whole = bytes.subarray(0, wholeUtf8Length(bytes))
  if (isAscii(whole)) return { encoding: 'utf-8', bomBytes: 0, confidence: 0.95 }
  if (isUtf8(whole)) return { encoding: 'utf-8', bomBytes: 0, confidence: 1 }
  const { valid, bad } = countSequences(whole)
  if (valid > bad) return { encoding: 'utf-8', bomBytes: 0, confidence: 0.6 }
  return { encoding: 'windows-1252', bomBytes: 0, confidence: 0.7 }
}

/** Latin text in UTF-16 has a zero in most pairs, always on the same side; other text has nearly none. */
function detectUtf16(bytes: Buffer): Encoding | undefined {
  let even = 0
  let odd = 0
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) {
    if (at % 2 === 0) even++
    else odd++
  }
  const pairs = Math.floor(bytes.length / 2)
  if (pairs < 2) return undefined
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be'
  return undefined
}

/** Valid sequences of several bytes, and bytes above 0x7F outside of them. */
function countSequences(bytes: Buffer): { valid: number; bad: number } {
  let valid = 0
  let bad = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (byte >= 0xc2 && isUtf8(bytes.subarray(at, at + length))) {
      valid++
      at += length - 1
    } else {
      bad++
    }
  }
  return { valid, bad }
}
