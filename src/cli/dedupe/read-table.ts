import { openTableBuilder } from '../../engine/open-table-builder.ts'
import type { Table } from '../../engine/table.ts'
import { readRows } from '../../source/read-rows.ts'
import type { ThreadCrew } from './open-crew.ts'
import { readColumns } from './read-columns.ts'
import { shareColumns } from './share-columns.ts'

export interface ReadTable {
  readonly table: Table
  /** Rows that could not be read as a row of their file; they stay, with nothing in them. */
  readonly unreadable: number
}

/**
 * Reads all files into one table, rows in the order of files, with all threads of a crew where there is one. `onRows`
 * is told how many rows there are so far.
 */
export async function readTable(
  files: readonly string[],
  onRows: (rows: number) => void,
  crew?: ThreadCrew,
): Promise<ReadTable> {
  const table = await readFast(files, onRows, crew)
  return table === undefined ? readCarefully(files, onRows) : { table, unreadable: 0 }
}

/** Rows from which it is guessed how much work each column is. */
const HEAD_ROWS = 1000
const HEAD_BYTES = 262_144

/** Straight from the bytes, as long as every file is a plain table beyond doubt. */
async function readFast(
  paths: readonly string[],
  onRows: (rows: number) => void,
  crew: ThreadCrew | undefined,
): Promise<Table | undefined> {
  const files: { readonly path: string; readonly columns: readonly string[] }[] = []
  const head: (string | null)[][] = []
  const names: string[] = []
  for (const path of paths) {
    let isOdd = false
    const rows = readRows(path, { batchRows: HEAD_ROWS, pieceBytes: HEAD_BYTES, onNotice: () => (isOdd = true) })
    const first = await rows.next()
    await rows.return(undefined)
    if (isOdd || first.done === true) return undefined
    const { columns } = first.value
    for (const name of columns) if (!names.includes(name)) names.push(name)
    const places = names.map((name) => columns.indexOf(name))
    for (const { cells } of first.value.rows) head.push(places.map((place) => cells[place] ?? null))
    files.push({ path, columns })
  }
  if (crew === undefined) return readColumns({ files }, onRows)
  const shares = shareColumns(names, head, crew.threads)
  const tables = await crew.read(
    shares.map((own) => ({ files, own })),
    onRows,
  )
  const [table] = tables
  if (table === undefined || tables.some((part) => part === undefined)) return undefined
  const all = tables.flatMap((part) => part!.columns)
  return { ...table, columns: names.map((name) => all.find((column) => column.name === name)!) }
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
