import { openTableBuilder } from '../../engine/open-table-builder.ts'
import type { Table } from '../../engine/table.ts'
import { readRows } from '../../source/read-rows.ts'

export interface ReadTable {
  readonly table: Table
  /** Rows that could not be read as a row of their file, left out. */
  readonly unreadable: number
}

/** Reads all files into one table, rows in the order of files. `onRows` is told how many rows there are so far. */
export async function readTable(files: readonly string[], onRows: (rows: number) => void): Promise<ReadTable> {
  const builder = openTableBuilder()
  let rows = 0
  let unreadable = 0
  for (const file of files) {
    let isKnown = false
    for await (const batch of readRows(file)) {
      if (!isKnown) builder.addFile(file, batch.columns)
      isKnown = true
      for (const row of batch.rows) {
        if (row.defects.some(({ fatal }) => fatal)) unreadable++
        builder.addRow(row.cells)
      }
      rows += batch.rows.length
      onRows(rows)
    }
    if (!isKnown) builder.addFile(file, [])
  }
  return { table: builder.finish(), unreadable }
}
