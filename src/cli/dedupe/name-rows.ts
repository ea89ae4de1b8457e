import { basename } from 'node:path'
import type { Column, Table } from '../../engine/table.ts'
import { openTexts } from '../../engine/texts.ts'

export interface RowNames {
  /** What a row is called in the output. */
  readonly nameOf: (row: number) => string
  readonly fileOf: (row: number) => string
  /** The column the names come from; undefined when rows are numbered from 0 within their file. */
  readonly column: string | undefined
}

const LIKE_AN_ID = /(?:^|[^a-z])(?:id|key|uuid|guid)(?:$|[^a-z])|id$/i

/**
 * Calls rows by the files' own id: a column that is filled everywhere, never repeats within a file and is called an
 * id. It may be hidden from the engine or not. Without one rows are numbered from 0, file by file.
 */
export function nameRows(table: Table): RowNames {
  const column = table.columns.find((candidate) => LIKE_AN_ID.test(candidate.name) && isUniquePerFile(candidate, table))
  const firstRow: number[] = []
  for (let row = table.rowCount - 1; row >= 0; row--) firstRow[table.fileOf[row]!] = row
  const textOf = column && openTexts(column.values)
  return {
    nameOf: (row) => (textOf === undefined ? String(row - firstRow[table.fileOf[row]!]!) : textOf(column!.codes[row]!)),
    fileOf: (row) => basename(table.files[table.fileOf[row]!]!),
    column: column?.name,
  }
}

function isUniquePerFile({ codes, values }: Column, { rowCount, fileOf }: Table): boolean {
  // The file that said it last, counted from 1: files follow each other.
  const saidIn = new Int32Array(values.size)
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row]!
    const file = fileOf[row]! + 1
    if (code === 0 || saidIn[code] === file) return false
    saidIn[code] = file
  }
  return rowCount > 0
}
