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

/** Texts of more bytes are decoded one by one: a string has no room for them all. */
const MOST_AT_ONCE = 2 ** 28

/** Reads texts by code. They are decoded all at once and cut out: a call into the decoder costs more than a short text. */
export function openTexts({ bytes, ends, isAscii }: Texts): (code: number) => string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let whole: string | undefined
  const cut = (from: number, to: number): string => {
    if (buffer.length > MOST_AT_ONCE) return buffer.toString('latin1', from, to)
    whole ??= buffer.toString('latin1')
    return whole.slice(from, to)
  }
  const isPlain = (from: number, to: number): boolean => {
    for (let at = from; at < to; at++) if (bytes[at]! > 127) return false
    return true
  }
  return (code) => {
    if (code === 0) return ''
    const from = ends[code - 1]!
    const to = ends[code]!
    return isAscii || isPlain(from, to) ? cut(from, to) : buffer.toString('utf8', from, to)
  }
}
