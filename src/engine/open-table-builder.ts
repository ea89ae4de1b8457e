import { Buffer } from 'node:buffer'
import { openByteInterner, type ByteInterner } from './byte-interner.ts'
import { shareInts } from './share-array.ts'
import type { Column, Table } from './table.ts'

export interface TableBuilder {
  /** Starts the next file; its columns are joined to those of the files before by name. */
  readonly addFile: (name: string, columns: readonly string[]) => void
  /** Gives the file last added further columns behind those it has: later rows of JSON bring them. */
  readonly widenFile: (columns: readonly string[]) => void
  /** One cell per column of the file last added; empty and null cells are missing. */
  readonly addRow: (cells: readonly (string | null)[]) => void
  /** A cell of the row that `endRow` ends, as UTF-8 bytes; columns left out are missing. */
  readonly addBytes: (column: number, bytes: Uint8Array, from: number, to: number) => void
  readonly endRow: () => void
  readonly isUtf8: () => boolean
  readonly finish: () => Table
}

interface Growing {
  readonly name: string
  codes: Int32Array
  readonly interner: ByteInterner
}

/**
 * Collects rows into a table, each distinct text kept once: memory grows with what differs, not with rows times
 * columns of strings, and columns nobody reads never become strings. Outer blanks do not count. A row shorter than
 * its file's columns is missing the rest. Columns that are not `isKept` are passed over.
 */
export function openTableBuilder(isKept: (column: string) => boolean = () => true): TableBuilder {
  const files: string[] = []
  const columns: Growing[] = []
  let places: (Growing | undefined)[] = []
  let capacity = 1024
  let fileOf = shareNumbers(capacity)
  let rowCount = 0

  function grow(): void {
    capacity *= 2
    const wider = shareNumbers(capacity)
    wider.set(fileOf)
    fileOf = wider
    for (const column of columns) {
      const codes = shareInts(capacity)
      codes.set(column.codes)
      column.codes = codes
    }
  }
  function addBytes(at: number, bytes: Uint8Array, from: number, to: number): void {
    const column = places[at]
    if (column === undefined) return
    while (from < to && bytes[from]! <= 32) from++
    while (from < to && bytes[to - 1]! <= 32) to--
    if (from === to) return
    column.codes[rowCount] = column.interner.intern(bytes, from, to)
  }
  function endRow(): void {
    fileOf[rowCount] = files.length - 1
    if (++rowCount === capacity) grow()
  }
  function place(names: readonly string[]): void {
    places = names.map((column) => {
      const known = columns.find((other) => other.name === column)
      if (known !== undefined || !isKept(column)) return known
      const fresh: Growing = { name: column, codes: shareInts(capacity), interner: openByteInterner() }
      columns.push(fresh)
      return fresh
    })
  }
  return {
    addFile: (name, names) => {
      files.push(name)
      place(names)
    },
    widenFile: place,
    addRow: (cells) => {
      const width = Math.min(cells.length, places.length)
      for (let at = 0; at < width; at++) {
        const text = cells[at]?.trim()
        if (text === undefined || text === '') continue
        const bytes = Buffer.from(text)
        addBytes(at, bytes, 0, bytes.length)
      }
      endRow()
    },
    addBytes,
    endRow,
    isUtf8: () => columns.every(({ interner }) => interner.isUtf8()),
    finish: () => {
      const done = columns.map(({ name, codes, interner }): Column => ({
        name,
        codes: codes.subarray(0, rowCount),
        values: interner.texts(),
      }))
      return { rowCount, files, fileOf: fileOf.subarray(0, rowCount), columns: done }
    },
  }
}

function shareNumbers(length: number): Uint16Array {
  return new Uint16Array(new SharedArrayBuffer(length * 2))
}
