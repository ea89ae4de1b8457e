import { Buffer } from 'node:buffer'

/**
 * Texts by code, as UTF-8 one after the other: threads share them as they are, and none is a string until it is read,
 * since millions of strings are what the garbage collector spends its time on.
 */
export interface Texts {
  /** How many codes there are, with the empty text of code 0. */
  readonly size: number
  readonly bytes: Uint8Array
  /** Where the text of each code ends; it begins where the one before ends. */
  readonly ends: Uint32Array
  readonly isAscii: boolean
}

/** Reads texts by code; a string is made each time one is asked for. */
export function openTexts({ bytes, ends, isAscii }: Texts): (code: number) => string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const isPlain = (from: number, to: number): boolean => {
    for (let at = from; at < to; at++) if (bytes[at]! > 127) return false
    return true
  }
  return (code) => {
    if (code === 0) return ''
    const from = ends[code - 1]!
    const to = ends[code]!
    return buffer.toString(isAscii || isPlain(from, to) ? 'latin1' : 'utf8', from, to)
  }
}
