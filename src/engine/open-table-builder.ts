import type { Column, Table } from './table.ts'

export interface TableBuilder {
  /** Starts the next file; its columns are joined to those of the files before by name. */
  readonly addFile: (name: string, columns: readonly string[]) => void
  /** One cell per column of the file last added; empty and null cells are missing. */
  readonly addRow: (cells: readonly (string | null)[]) => void
  readonly finish: () => Table
}

interface Growing {
  readonly name: string
  codes: Int32Array
  readonly values: string[]
  readonly codeOf: Map<string, number>
}

/**
 * Collects rows into a table, each distinct text kept once: memory grows with what differs, not with rows times
 * columns of strings. Outer blanks do not count. A row shorter than its file's columns is missing the rest.
 */
export function openTableBuilder(): TableBuilder {
  const files: string[] = []
  const columns: Growing[] = []
  let places: Growing[] = []
  let capacity = 1024
  let fileOf: Uint16Array = new Uint16Array(capacity)
  let rowCount = 0

  function grow(): void {
    capacity *= 2
    const wider = new Uint16Array(capacity)
    wider.set(fileOf)
    fileOf = wider
    for (const column of columns) {
      const codes = new Int32Array(capacity)
      codes.set(column.codes)
      column.codes = codes
    }
  }

  return {
    addFile(name, names) {
      files.push(name)
      places = names.map((column) => {
        const known = columns.find((other) => other.name === column)
        if (known !== undefined) return known
        const fresh: Growing = { name: column, codes: new Int32Array(capacity), values: [''], codeOf: new Map() }
        columns.push(fresh)
        return fresh
      })
    },
    addRow(cells) {
      if (rowCount === capacity) grow()
      fileOf[rowCount] = files.length - 1
      const width = Math.min(cells.length, places.length)
      for (let at = 0; at < width; at++) {
        const text = cells[at]?.trim()
        if (text === undefined || text === '') continue
        const column = places[at]!
        let code = column.codeOf.get(text)
        if (code === undefined) {
          code = column.values.length
          column.values.push(text)
          column.codeOf.set(text, code)
        }
        column.codes[rowCount] = code
      }
      rowCount++
    },
    finish() {
      const done = columns.map(({ name, codes, values }): Column => ({
        name,
        codes: codes.subarray(0, rowCount),
        values,
      }))
      return { rowCount, files, fileOf: fileOf.subarray(0, rowCount), columns: done }
    },
  }
}
