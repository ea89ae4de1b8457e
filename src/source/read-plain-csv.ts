import { Buffer } from 'node:buffer'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { TableBuilder } from '../engine/open-table-builder.ts'
import { detectFormat } from './detect-format.ts'
import { HEAD_BYTES } from './file-format.ts'
import { readHead } from './read-head.ts'

const PIECE_BYTES = 4 * 1024 * 1024
const QUOTE = 34
const LF = 10
const CR = 13

/**
 * Reads a plain UTF-8 CSV whose every row is beyond doubt straight from its bytes into a table. False as soon as
 * anything is odd (a ragged or empty row, a quote where none belongs, a row longer than 4 MiB): the builder must be
 * thrown away then and the file read by `readRows`, which knows what to make of it. Rows are those of `readRows`.
 */
export async function readPlainCsv(
  path: string,
  columns: readonly string[],
  builder: TableBuilder,
  onRows: (rows: number) => void,
): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const head = await readHead(file, HEAD_BYTES, basename(path))
    const { container, encoding, syntax, header, delimiter = '', bomBytes } = detectFormat(head, basename(path))
    if (container !== 'plain' || encoding !== 'utf-8' || syntax !== 'csv' || !header || delimiter.length !== 1)
      return false
    const separator = delimiter.charCodeAt(0)
    if (separator > 127) return false
    builder.addFile(path, columns)
    const take = openRowTaker(builder, columns.length, separator)
    const buffer = Buffer.allocUnsafeSlow(2 * PIECE_BYTES)
    let kept = 0
    let position = bomBytes
    for (;;) {
      const { bytesRead } = await file.read(buffer, kept, PIECE_BYTES, position)
      position += bytesRead
      const length = kept + bytesRead
      const used = take(buffer, length, bytesRead === 0)
      if (used < 0) return false
      if (bytesRead === 0) return true
      kept = length - used
      if (kept > PIECE_BYTES) return false
      buffer.copyWithin(0, used, length)
      onRows(take.rows())
    }
  } finally {
    await file.close()
  }
}

interface RowTaker {
  /** Takes the whole rows of the bytes and says how many bytes they were; -1 when something is odd. */
  (bytes: Uint8Array, length: number, isLast: boolean): number
  readonly rows: () => number
}

function openRowTaker(builder: TableBuilder, width: number, separator: number): RowTaker {
  let rows = -1 // The header is the first.
  let scratch = new Uint8Array(1024)
  const starts = new Int32Array(width)
  const ends = new Int32Array(width)
  const quoted = new Uint8Array(width)
  // One look a byte: whatever ends a cell, or has no business in one, is out of the ordinary.
  const isOrdinary = new Uint8Array(256).fill(1)
  for (const byte of [separator, LF, CR, QUOTE, 0]) isOrdinary[byte] = 0

  /** Takes doubled quotes out of a cell and hands it on. */
  function addQuoted(cell: number, bytes: Uint8Array): void {
    const from = starts[cell]!
    const to = ends[cell]!
    if (to - from > scratch.length) scratch = new Uint8Array(2 * (to - from))
    let length = 0
    for (let at = from; at < to; at++) {
      scratch[length++] = bytes[at]!
      if (bytes[at] === QUOTE) at++
    }
    builder.addBytes(cell, scratch, 0, length)
  }
  const take = (bytes: Uint8Array, length: number, isLast: boolean): number => {
    let rowStart = 0
    for (;;) {
      let at = rowStart
      let cell = 0
      let isDone = false
      while (!isDone) {
        if (at >= length && (!isLast || at === rowStart))
          return isLast && cell === 0 ? rowStart : isLast ? -1 : rowStart
        if (cell === width) return -1
        if (bytes[at] === QUOTE && at < length) {
          const from = ++at
          let isDoubled = 0
          for (;;) {
            while (at < length && bytes[at] !== QUOTE) at++
            if (at >= length) return isLast ? -1 : rowStart
            // Whether another quote follows cannot be seen at the very end of a piece.
            if (at + 1 >= length && !isLast) return rowStart
            if (at + 1 >= length || bytes[at + 1] !== QUOTE) break
            isDoubled = 1
            at += 2
          }
          starts[cell] = from
          ends[cell] = at++
          quoted[cell] = isDoubled
        } else {
          const from = at
          while (at < length && isOrdinary[bytes[at]!] === 1) at++
          if (at < length && (bytes[at] === QUOTE || bytes[at] === 0)) return -1
          starts[cell] = from
          ends[cell] = at
          quoted[cell] = 0
        }
        cell++
        if (at >= length) {
          if (!isLast) return rowStart
          isDone = true
        } else if (bytes[at] === separator) {
          at++
          if (at >= length && isLast) {
            if (cell === width) return -1
            starts[cell] = at
            ends[cell] = at
            quoted[cell] = 0
            cell++
            isDone = true
          }
        } else if (bytes[at] === LF) {
          at++
          isDone = true
        } else if (bytes[at] === CR) {
          if (at + 1 >= length && !isLast) return rowStart
          if (bytes[at + 1] !== LF || at + 1 >= length) return -1
          at += 2
          isDone = true
        } else return -1
      }
      if (cell !== width) return -1
      if (width === 1 && starts[0] === ends[0]) return -1
      if (rows >= 0) {
        for (let c = 0; c < width; c++) {
          if (quoted[c] === 1) addQuoted(c, bytes)
          else builder.addBytes(c, bytes, starts[c]!, ends[c]!)
        }
        builder.endRow()
      }
      rows++
      rowStart = at
    }
  }
  return Object.assign(take, { rows: () => rows })
}
