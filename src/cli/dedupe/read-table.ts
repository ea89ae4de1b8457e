import { openTableBuilder } from '../../engine/open-table-builder.ts'
import type { Table } from '../../engine/table.ts'
import { readPlainCsv } from '../../source/read-plain-csv.ts'
import { readRows } from '../../source/read-rows.ts'

export interface ReadTable {
  readonly table: Table
  /** Rows that could not be read as a row of their file; they stay, with nothing in them. */
  readonly unreadable: number
}

/** Reads all files into one table, rows in the order of files. `onRows` is told how many rows there are so far. */
export async function readTable(files: readonly string[], onRows: (rows: number) => void): Promise<ReadTable> {
  return (await readFast(files, onRows)) ?? readCarefully(files, onRows)
}

/** Straight from the bytes, as long as every file is a plain table beyond doubt. */
async function readFast(files: readonly string[], onRows: (rows: number) => void): Promise<ReadTable | undefined> {
  const builder = openTableBuilder()
  for (const file of files) {
    let isOdd = false
    const head = readRows(file, { batchRows: 1, pieceBytes: 65_536, onNotice: () => (isOdd = true) })
    const first = await head.next()
    await head.return(undefined)
    if (isOdd || first.done === true) return undefined
    if (!(await readPlainCsv(file, first.value.columns, builder, onRows))) return undefined
  }
  return builder.isUtf8() ? { table: builder.finish(), unreadable: 0 } : undefined
}

async function readCarefully(files: readonly string[], onRows: (rows: number) => void): Promise<ReadTable> {
  const builder = openTableBuilder()
  let rows = 0
  let unreadable = 0
  for (const file of files) {
    let known: readonly string[] | undefined
    for await (const batch of readRows(file)) {
      // Later rows of JSON may bring columns that the first had not.
      if (known === undefined || known.length < batch.columns.length) {
        if (known === undefined) builder.addFile(file, batch.columns)
        else builder.widenFile(batch.columns)
        known = batch.columns
      }
      for (const row of batch.rows) {
        if (row.defects.some(({ fatal }) => fatal)) unreadable++
        builder.addRow(row.cells)
      }
      rows += batch.rows.length
      onRows(rows)
    }
    if (known === undefined) builder.addFile(file, [])
  }
  return { table: builder.finish(), unreadable }
}
