import { Buffer, isUtf8 } from 'node:buffer'
import { decodeText } from './decode-text.ts'
import type { Encoding } from './file-format.ts'

const NOTHING = Buffer.alloc(0)

/**
 * The part of an input that is not yet cut into rows: the same bytes twice, as received and as a string whose
 * code unit `i` stands for the bytes from `i * unitBytes`. Splitters look for line ends and quotes in `view`
 * (fast, and right because none of them occurs inside a longer UTF-8 sequence) and take rows out by position.
 */
export class TextWindow {
  readonly encoding: Encoding
  /** Bytes for each code unit of `view`: 2 for UTF-16, else 1. */
  readonly unitBytes: 1 | 2
  view = ''
  /** True when no more bytes will come. */
  last = false
  /** False when no row of the window can hold a NUL. */
  mayHoldNul = false
  /** Offset in the input of the window's first byte. */
  firstByte: number
  #bytes: Buffer = NOTHING
  #readable: Buffer = NOTHING
  #valid = true

  constructor(encoding: Encoding, firstByte: number) {
    this.encoding = encoding
    this.unitBytes = encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1
    this.firstByte = firstByte
  }

  /** Forgets the first `consumed` units and appends a piece. */
  push(piece: Buffer, consumed: number): void {
    const consumedBytes = Math.min(consumed * this.unitBytes, this.#bytes.length)
    const rest = this.#bytes.subarray(consumedBytes)
    this.firstByte += consumedBytes
    this.#bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    this.#look()
  }

  /** Says that the input has ended. An odd byte at the end of UTF-16 becomes one U+FFFD. */
  finish(consumed: number): void {
    this.last = true
    this.push(NOTHING, consumed)
    if (this.unitBytes === 2 && this.#bytes.length % 2 === 1) this.view += '\uFFFD'
  }

  /** The bytes as received of units `start` to `end`. A view: copy what is kept for long. */
  raw(start: number, end: number): Buffer {
    return this.#bytes.subarray(start * this.unitBytes, Math.min(end * this.unitBytes, this.#bytes.length))
  }

  /** The text of units `start` to `end`; what cannot be decoded is U+FFFD. */
  text(start: number, end: number): string {
    if (this.unitBytes === 1) return decodeText(this.#bytes, this.encoding, start, end)
    const text = this.#readable.toString('utf16le', start * 2, end * 2)
    return end * 2 > this.#bytes.length ? `${text}\uFFFD` : text
  }

  /** Whether units `start` to `end` are valid in the encoding. Lone surrogates of UTF-16 are not looked for. */
  isValid(start: number, end: number): boolean {
    if (this.#valid) return this.unitBytes === 1 || end * 2 <= this.#bytes.length
    return isUtf8(this.raw(start, end))
  }

  byteAt(unit: number): number {
    return this.firstByte + Math.min(unit * this.unitBytes, this.#bytes.length)
  }

  #look(): void {
    const bytes = this.#bytes
    if (this.unitBytes === 1) {
      this.view = bytes.toString('latin1')
      this.mayHoldNul = bytes.indexOf(0) >= 0
      this.#valid = this.encoding !== 'utf-8' || isUtf8(this.last ? bytes : bytes.subarray(0, wholeUtf8Length(bytes)))
      return
    }
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
    this.#readable = this.encoding === 'utf-16be' ? Buffer.from(even).swap16() : even
    this.view = this.#readable.toString('utf16le')
    this.mayHoldNul = this.view.includes('\0')
  }
}

/** Length without a UTF-8 sequence that the end of the buffer cuts in two. */
export function wholeUtf8Length(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
